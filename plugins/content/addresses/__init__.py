"""Addresses of the site: its fixed sections, old addresses that redirect, and addresses of stories on any site.

A page's own address is made by the page; redirects are written by `exemplars` and `release`.
"""
