"""Damaged copies of a video, by a random generator alone: the same generator gives the same copy."""
import copy

import trees

NUMBERS = [0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF,
           0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF]
MOST_BYTES = 1 << 20


def position(random, data):
    return random.randrange(len(data)) if data else 0


def flip_bits(random, data):
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 8, 64])):
        if data:
            data[position(random, data)] ^= 1 << random.randrange(8)
    return bytes(data)


def set_number(random, data):
    size, at = random.choice([1, 2, 4, 4, 8]), position(random, data)
    number = random.choice(NUMBERS) & ((1 << 8 * size) - 1)
    return (data[:at] + number.to_bytes(size, random.choice(["big", "little"])) + data[at + size :])[: len(data)]


def add_to_number(random, data):
    at = position(random, data)
    order = random.choice(["big", "little"])
    number = int.from_bytes(data[at : at + 4], order) + random.choice([-16, -1, 1, 16, 1 << 16, -(1 << 16)])
    return data[:at] + (number % (1 << 32)).to_bytes(4, order) + data[at + 4 :]


def remove(random, data):
    at = position(random, data)
    return data[:at] + data[at + random.choice([1, 4, 16, 188, 1000]) :]


def repeat(random, data):
    at = position(random, data)
    part = data[at : at + random.choice([4, 16, 188, 2000])]
    return data[:at] + part * random.choice([2, 2, 3, 50]) + data[at + len(part) :]


def insert_noise(random, data):
    at = position(random, data)
    return data[:at] + random.randbytes(random.choice([1, 8, 64, 500])) + data[at:]


def cut(random, data):
    return data[: position(random, data)]


def move(random, data):
    at, to = position(random, data), position(random, data)
    part = data[at : at + random.choice([16, 188, 1000])]
    rest = data[:at] + data[at + len(part) :]
    return rest[:to] + part + rest[to:]


OF_BYTES = [flip_bits, flip_bits, set_number, set_number, add_to_number, remove, repeat, insert_noise, cut, move]


def all_nodes(nodes):
    """(node, the list that holds it), from the root on."""
    for node in nodes:
        yield node, nodes
        yield from all_nodes(node.children)


def wrong_length(random, node):
    size = 4 if node.kind == "mp4" else random.choice([1, 4, 8])
    number = random.choice(NUMBERS + [len(node.body()) + extra for extra in (-9, -1, 0, 1, 7, 9, 100)])
    node.length = (number % (1 << 8 * size)).to_bytes(size, "big")


def change_content(random, node):
    node.content, node.children = random.choice(OF_BYTES)(random, node.body()), []


def change_tree(random, nodes):
    """One change of one element; lengths around it are right unless that is the change."""
    elements = [pair for pair in all_nodes(nodes) if pair[0].kind != "bytes"]
    if not elements:
        return
    node, siblings = random.choice(elements)
    at = next(i for i, other in enumerate(siblings) if other is node)
    other, _ = random.choice(elements)
    change = random.randrange(8)
    if change == 0:
        wrong_length(random, node)
    elif change == 1:
        node.name = random.choice([other.name, random.randbytes(len(node.name)), bytes(len(node.name))])
    elif change == 2:
        del siblings[at]
    elif change == 3:
        siblings[at:at] = [copy.deepcopy(node) for _ in range(random.choice([1, 1, 30]))]
    elif change == 4:
        siblings.insert(at, copy.deepcopy(other))
    elif change == 5:
        siblings[at] = trees.Node(node.kind, node.name, children=[copy.deepcopy(node)])
    else:
        change_content(random, node)


def mutant(random, data):
    nodes = trees.parse(data) if random.random() < 0.8 else None
    for _ in range(random.choice([1, 1, 1, 2, 3, 6])):
        if nodes is not None:
            change_tree(random, nodes)
        else:
            data = random.choice(OF_BYTES)(random, data)
        data = data[:MOST_BYTES]
    if nodes is not None:
        data = b"".join(node.written() for node in nodes)
    return data[:MOST_BYTES]
