"""Holds answers against botocore's own models: no member that the model does not know, none of another type."""
import json
import xml.etree.ElementTree as ElementTree

from botocore.validate import ParamValidator


def watch(*clients):
    """From now on, an answer of these clients that is not of its shape ends the script."""
    for client in clients:
        client.meta.events.register("after-call", _check)


def _check(http_response, parsed, model, **_):
    if http_response.status_code >= 300 or model.output_shape is None:
        return
    answer = {key: value for key, value in parsed.items() if key != "ResponseMetadata" and value is not None}
    if not model.has_streaming_output:
        report = ParamValidator().validate(answer, model.output_shape)
        assert not report.has_errors(), f"{model.name}: {report.generate_report()}"
    body = http_response.content if not model.has_streaming_output else b""
    protocol = model.service_model.metadata["protocol"]
    if body and protocol == "json":
        _known(json.loads(body), model.output_shape, model.name)
    elif body and protocol == "rest-xml":
        payload = model.output_shape.serialization.get("payload")
        shape = model.output_shape.members[payload] if payload else model.output_shape
        if shape.type_name == "structure" and shape.members and body.startswith(b"<"):
            _known_xml(ElementTree.fromstring(body), shape, model.name)


def _known(value, shape, path):
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
        for name, member in value.items():
            assert name in shape.members, f"{path}.{name} is not in the model"
            _known(member, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for member in value:
            _known(member, shape.member, f"{path}[]")
    elif shape.type_name == "map":
        for name, member in value.items():
            _known(member, shape.value, f"{path}[{name}]")


def _known_xml(element, shape, path):
    names = {}
    for name, member in shape.members.items():
        if member.serialization.get("location"):
            continue
        if member.type_name == "list" and member.serialization.get("flattened"):
            names[member.serialization.get("name") or member.member.serialization.get("name") or name] = (member.member, True)
        else:
            names[member.serialization.get("name", name)] = (member, False)
    for child in element:
        tag = child.tag.rsplit("}", 1)[-1]
        assert tag in names, f"{path}.{tag} is not in the model"
        member, _ = names[tag]
        if member.type_name == "structure":
            _known_xml(child, member, f"{path}.{tag}")
        elif member.type_name == "list":
            item = member.member.serialization.get("name", "member")
            for grandchild in child:
                assert grandchild.tag.rsplit("}", 1)[-1] == item, f"{path}.{tag}: {grandchild.tag}, not {item}"
                if member.member.type_name == "structure":
                    _known_xml(grandchild, member.member, f"{path}.{tag}[]")
