"""Plain block YAML, keys in the given order, texts of several lines as literal blocks."""
import yaml


class BlockDumper(yaml.SafeDumper):
    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True


def represent_text(dumper, text):
    return dumper.represent_scalar('tag:yaml.org,2002:str', text, style='|' if '\n' in text else None)


BlockDumper.add_representer(str, represent_text)


def dump(value):
    return yaml.dump(value, Dumper=BlockDumper, sort_keys=False, allow_unicode=True, width=1000000)
