"""The door of the page's server: who may knock, what a visitor has to show, and how many fit.

`visitors` stands in front of the server and asks, in this order: by which name was the server called, which
page sends (`names`); does the visitor have its token (`token`); is there a seat left (`seats`). What goes out
says how browsers may use it (`answers`).
"""
