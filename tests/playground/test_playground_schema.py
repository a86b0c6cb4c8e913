"""The published schema is reduced to what a check needs, and nothing is lost on the way."""

from playground import schema
from playground.schema_reduce import reduce

FIELD = {"required": True, "description": ""}
SOURCE = {
    "api": {"version": "10.3"},
    "items": [
        {
            "children": [
                {
                    "name": "Chat",
                    "category": "types",
                    "description": "A chat.",
                    "annotations": [
                        {**FIELD, "name": "id", "type": "Integer"},
                        {
                            "name": "type",
                            "type": "String",
                            "required": False,
                            "description": "can be either 'private' or 'group'",
                        },
                    ],
                },
                {
                    "name": "Any",
                    "category": "types",
                    "description": "It can be one of\n - Chat\n - Any",
                    "annotations": [],
                },
                {
                    "name": "getChats",
                    "category": "methods",
                    "description": "Returns an Array of Chat objects.",
                    "annotations": [{**FIELD, "name": "limit", "type": "Integer"}],
                },
            ]
        }
    ],
}


def test_names_types_requiredness_and_results_stay():
    reduced = reduce(SOURCE)
    assert reduced["types"]["Chat"] == {"id": "Integer!", "type": "String"}
    assert reduced["unions"] == {"Any": ["Chat", "Any"]}
    assert reduced["values"] == {"Chat.type": ["private", "group"]}
    assert reduced["methods"]["getChats"] == {
        "returns": "Array of Chat",
        "params": {"limit": "Integer!"},
    }


def test_every_method_of_the_published_api_has_a_result():
    methods = schema.published()["methods"]
    assert len(methods) > 180
    assert all(method["returns"] for method in methods.values())


def test_a_wrong_value_is_found_wherever_it_is():
    chat = {"id": 1, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": {**chat, "id": "1"}, "entities": [{}, 5]}
    found = list(schema.problems(message, "Message"))
    assert "$.chat.id: '1' is no Integer" in found
    assert "$.entities[0]: MessageEntity needs type" in found
    assert "$.entities[1]: 5 is no MessageEntity" in found
    assert list(schema.problems(5, "Array of Chat"))
    assert list(schema.problems({"status": "creator"}, "ChatMember"))
