"""The rooms of the page: town, city, studies."""
