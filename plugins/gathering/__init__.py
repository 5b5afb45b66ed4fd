"""The open data of member sites, fetched as a stranger's and kept in content/thu-ve/ as it was: the one room online."""
