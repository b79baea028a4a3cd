/* What the tests of files and lines in backtraces run: `scale` traps in a function that is inlined, and
 * `ask` calls the host. */
__attribute__((import_module("env"), import_name("host"))) void host(void);

static inline __attribute__((always_inline)) int divide(int a, int b) {
    return a / b;
}

__attribute__((export_name("scale"), noinline)) int scale(int a, int b) {
    int quotient = divide(a, b);
    return quotient * 100;
}

__attribute__((export_name("ask"), noinline)) int ask(int a) {
    host();
    return a;
}
