import digdag


def count():
    digdag.env.store({'found': 3})


def recount():
    digdag.env.store({'found': 4})


def use(found, limit, session_unixtime, written):
    print(found + limit + session_unixtime, written)


def size(size, kind):
    print(size + 1, kind)


def ranged(range):
    print(range['from'] + 1)


def mixed(any):
    print(any)


