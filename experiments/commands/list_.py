"""`linli list`."""

from linli.experiments.commands.options import (
    Json,
    Lang,
    Topic,
    With,
)


def list_(topic: Topic = None, lang: Lang = "en", with_: With = None, json: Json = False) -> None:
    """List scenarios, policies, parameters and measures."""
    from linli.experiments import catalogue, output

    if json:
        output.print_json(catalogue.as_data(topic))
    else:
        catalogue.show(topic, lang)
