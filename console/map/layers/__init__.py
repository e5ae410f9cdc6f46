"""The live layers: each module says how one thing looks, its twin in js/layers draws it.

Importing any of these modules imports folium; only `page.build_page` does.
"""
