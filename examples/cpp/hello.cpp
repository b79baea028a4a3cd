// Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
#include <wts.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

// A failure of the library becomes an exception.
static void attempt(wts_status_t status) {
    if (status >= 0) return;
    WTS_SCOPED_TEXT name = nullptr;
    WTS_SCOPED_TEXT message = nullptr;
    wts_copy_number_text(wts_status_name, status, &name);
    wts_copy_text(wts_error_message, 0, &message);
    throw std::runtime_error(std::string(name ? name : "?") + ": " + (message ? message : "?"));
}

// What owns a handle deletes it.
template <wts_status_t (*remove)(uint64_t)>
struct Owned {
    uint64_t handle = 0;
    Owned() = default;
    Owned(const Owned &) = delete;
    Owned &operator=(const Owned &) = delete;
    ~Owned() { (void)(handle && remove(handle)); }
    uint64_t *operator&() { return &handle; }
    operator uint64_t() const { return handle; }
};

// Thrown exceptions become traps, by wts::guarded.
static int32_t log(void *, wts_caller_t caller, const int64_t *args, size_t, int64_t *, size_t) {
    uint64_t memory = 0;
    attempt(wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    std::vector<uint8_t> text(static_cast<size_t>(args[1]));
    attempt(wts_memory_read(memory, static_cast<uint64_t>(args[0]), text.data(), text.size()));
    std::cout << std::string(text.begin(), text.end()) << '\n';
    return 0;
}

static wts_func_t func(wts_instance_t instance, const std::string &name) {
    uint64_t item = 0;
    attempt(wts_instance_get_export(instance, name.data(), name.size(), &item));
    return item;
}

static void run(const std::vector<char> &guest) {
    Owned<wts_engine_delete> engine;
    Owned<wts_store_delete> store;
    Owned<wts_linker_delete> linker;
    Owned<wts_module_delete> module;
    wts_instance_t instance = 0;
    attempt(wts_engine_new(0, &engine));
    attempt(wts_store_new(engine, 0, &store));
    attempt(wts_linker_new(engine, &linker));
    attempt(wts_linker_define_func(linker, WTS_STR("host"), WTS_STR("log"), WTS_KINDS(WTS_I32, WTS_I32), WTS_NOTHING,
                                   wts::guarded<log>, nullptr, nullptr));
    attempt(wts_module_new(engine, reinterpret_cast<const uint8_t *>(guest.data()), guest.size(), &module));
    attempt(wts_linker_instantiate(linker, store, module, &instance));
    const wts_func_t greet = func(instance, "greet"), add = func(instance, "add"), divide = func(instance, "divide");

    int32_t result = 0;
    attempt(wts_call_void(greet));
    attempt(wts_call_i32_i32_i32(add, 40, 2, &result));
    std::cout << "40 + 2 = " << result << '\n';
    attempt(wts_memory_write(func(instance, "memory"), 16, WTS_BYTES("HELLO")));
    attempt(wts_call_void(greet));
    try {
        attempt(wts_call_i32_i32_i32(divide, 1, 0, &result));
    } catch (const std::exception &error) {
        std::cout << error.what() << '\n';
    }
    std::vector<int64_t> rows, sums(1000);
    for (int64_t row = 0; row < 1000; row++) rows.insert(rows.end(), {row, 2});
    size_t done = 0;
    attempt(wts_func_call_batch(add, sums.size(), rows.data(), rows.size(), sums.data(), sums.size(), &done));
    std::cout << done << " rows, the last is " << sums.back() << '\n';
}

int main() try {
    std::ifstream file("examples/guest.wat", std::ios::binary);
    run({std::istreambuf_iterator<char>(file), {}});
    uint64_t count = 0;
    attempt(wts_handle_live_count(WTS_KIND_NONE, &count));
    std::cout << count << " handles are left\n";
} catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
}
