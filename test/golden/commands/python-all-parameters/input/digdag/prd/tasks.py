def find(day, **rest):
    print(day, rest)
