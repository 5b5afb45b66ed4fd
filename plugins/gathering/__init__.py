"""The gather command: fetch the open data of member sites into content/thu-ve/, as untrusted input.

Only this folder asks the network for content. How a member's data is read and shown is in plugins/content/members; here
nothing is interpreted beyond whether it is sound.
"""
