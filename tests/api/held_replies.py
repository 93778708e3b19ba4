"""Answers of the server held against what openapi.json says of them, key by key."""
import functools
import json
import os
import re

GOLDEN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden", "openapi.json")
KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_kind(value, kind):
    if kind in ("integer", "number"):
        return isinstance(value, int if kind == "integer" else (int, float)) and not isinstance(value, bool)
    return isinstance(value, KINDS[kind])


def faults(value, schema, schemas, at="reply"):
    """What of the value its schema does not say, as sentences. A key that the schema does not name is one."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].split("/")[-1]]
    if "anyOf" in schema:
        tried = [list(faults(value, one, schemas, at)) for one in schema["anyOf"]]
        if all(tried):
            yield from tried[0]
        return
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(is_kind(value, kind) for kind in kinds):
        yield "%s is %r, not %s" % (at, value, " or ".join(kinds))
        return
    if "enum" in schema and value not in schema["enum"]:
        yield "%s is %r, none of %s" % (at, value, schema["enum"])
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield "%s is %r, not like %s" % (at, value, schema["pattern"])
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from faults(one, schema.get("items", {}), schemas, "%s[%d]" % (at, index))
    if isinstance(value, dict) and ("properties" in schema or "additionalProperties" in schema):
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        for key in schema.get("required", []):
            if key not in value:
                yield "%s has no %r" % (at, key)
        for key, one in value.items():
            if key in known or isinstance(others, dict):
                yield from faults(one, known.get(key, others), schemas, "%s.%s" % (at, key))
            elif not others:
                yield "%s has %r, which is not known" % (at, key)


@functools.cache
def golden():
    """The document as it is held in the repository, and its routes by method and number of segments."""
    with open(GOLDEN, encoding="utf-8") as file:
        document = json.load(file)
    routes = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            routes.setdefault((method.upper(), path.count("/")), []).append((path.split("/"), operation))
    return document["components"]["schemas"], routes


def operation_of(method, address):
    """The operation that answers there; the one with fewest segments in brackets where several do."""
    segments = address.partition("?")[0].split("/")
    fitting = [(sum(one.startswith("{") for one in path), operation) for path, operation in golden()[1].get((method, len(segments) - 1), [])
               if all(one.startswith("{") or one == said for one, said in zip(path, segments))]
    return min(fitting, key=lambda one: one[0])[1] if fitting else None


def faults_of(method, address, status, answer):
    """What of an answer the document does not say; of an address that it does not know it says nothing."""
    operation = operation_of(method, address)
    if not operation:
        return []
    told = operation["responses"]
    if status >= 400:
        response = told["default"]["content"]["application/problem+json"]
    else:
        response = next(told[one] for one in told if one != "default").get("content", {}).get("application/json")
    return list(faults(answer, response["schema"], golden()[0])) if response else []
