"""The edition: which stories one build shows, and everything that can be counted or listed from them.

Selection, index, matrix, chains of replication, paginated lists, totals of results, and where old addresses lead. All
of it is pure and frozen. No HTML, no file and no title of a page is made here: pages/ and open_data/ do that.
"""
