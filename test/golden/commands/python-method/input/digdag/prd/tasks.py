import digdag


def find(day):
    digdag.env.store({'tables': ['orders', 'items'], 'count': 2})
