"""The live map: a folium page built once, canvas layers in JavaScript, and the Qt widget around it."""
