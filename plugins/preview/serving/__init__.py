"""HTTP, and changes on the disk: the server, its table of routes, guarded requests, and watching the project's files.

No page is composed here, and nothing here knows what a route does with a request.
"""
