def count_size(size):
    print(size + 1)
