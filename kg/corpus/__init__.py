"""Views of many articles: who says the same, since when, who says the contrary."""
