"""What a Mojo program takes to start and end, without WebAssembly: stands beside `start`."""


def main():
    print("1.3.2")
