/* The network as programs for WASI 0.2 see it: off, open in ranges, or decided by a callback. */
#define _POSIX_C_SOURCE 200809L

#include "component.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

/* What WASI says, in the order of its `error-code`; here 0 is success. */
enum { SUCCESS, ACCESS_DENIED = 2, CONNECTION_REFUSED = 15, PERMANENT_RESOLVER_FAILURE = 21 };

/* Somebody who listens at a port of 127.0.0.1 and accepts nobody. */
static int listener;
static int32_t port;

static void listen_somewhere(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(listener >= 0 && bind(listener, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(listen(listener, 16) == 0 && getsockname(listener, (struct sockaddr *)&address, &len) == 0);
    port = ntohs(address.sin_port);
}

static wts_wasi_t new_wasi(void) {
    wts_wasi_t wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    return wasi;
}

/* What WASI says to tests/wasm/network.wat. */
static int64_t says(wts_wasi_t wasi, const char *function, int32_t to) {
    WTS_SCOPED(component) guest = 0;
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(store) store = new_store();
    wts_component_instance_t instance = 0;
    int64_t result = -1;
    CHECK_OK(wts_component_linker_define_wasi(linker));
    CHECK_OK(wts_store_set_wasi(store, wasi));
    CHECK_OK(wts_component_new_file(engine, WTS_STR("tests/wasm/network.wat"), &guest));
    CHECK_OK(wts_component_linker_instantiate(linker, store, guest, &instance));
    const wts_component_func_t func = component_func(instance, function);
    CHECK_OK(wts_component_func_call(func, WTS_SLOTS(to), &result, 1));
    return result;
}

TEST(the_network_is_off) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_EQ(says(wasi, "connect", port), ACCESS_DENIED);
    CHECK_EQ(says(wasi, "bind", 0), ACCESS_DENIED);
    /* Names are looked up or not; that opens nothing. */
    CHECK_OK(wts_wasi_allow_name_lookup(wasi, 1));
    CHECK_EQ(says(wasi, "connect", port), ACCESS_DENIED);
}

TEST(names_are_looked_up_or_not) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_EQ(says(wasi, "look-up", 0), PERMANENT_RESOLVER_FAILURE);
    CHECK_OK(wts_wasi_allow_name_lookup(wasi, 1));
    CHECK_EQ(says(wasi, "look-up", 0), SUCCESS);
    CHECK_OK(wts_wasi_allow_name_lookup(wasi, 0));
    CHECK_EQ(says(wasi, "look-up", 0), PERMANENT_RESOLVER_FAILURE);
}

TEST(ranges_are_open) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("10.0.0.0/8"), 0, 65535));
    CHECK_EQ(says(wasi, "connect", port), ACCESS_DENIED);
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.0/8"), port + 1, 65535));
    CHECK_EQ(says(wasi, "connect", port), ACCESS_DENIED);
    CHECK_EQ(says(wasi, "bind", port), ACCESS_DENIED);
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.1"), port, port));
    CHECK_EQ(says(wasi, "connect", port), SUCCESS);
    CHECK_EQ(says(wasi, "connect", port - 1), ACCESS_DENIED);
    CHECK_EQ(says(wasi, "bind", 0), ACCESS_DENIED);
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.1"), 0, 0));
    CHECK_EQ(says(wasi, "bind", 0), SUCCESS);
}

/* Allows what it finds here, and remembers what it was asked. */
struct asked {
    int32_t allowed_use, port, uses;
    char address[64];
};

static int32_t decide(void *env, const char *address, size_t address_len, int32_t asked_port, int32_t use) {
    struct asked *const asked = env;
    asked->uses |= 1 << use;
    if (use == WTS_WASI_TCP_CONNECT) {
        snprintf(asked->address, sizeof asked->address, "%.*s", (int)address_len, address);
        asked->port = asked_port;
    }
    return use == WTS_WASI_TCP_BIND || use == asked->allowed_use ? 0 : 1;
}

TEST(a_callback_decides) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    struct asked asked = {.allowed_use = WTS_WASI_TCP_CONNECT};
    CHECK_OK(wts_wasi_network_callback(wasi, decide, &asked, NULL));
    CHECK_EQ(says(wasi, "connect", port), SUCCESS);
    CHECK(strcmp(asked.address, "127.0.0.1") == 0);
    CHECK_EQ(asked.port, port);
    CHECK_EQ(asked.uses, 1 << WTS_WASI_TCP_BIND | 1 << WTS_WASI_TCP_CONNECT);
    asked.allowed_use = WTS_WASI_UDP_SEND;
    CHECK_EQ(says(wasi, "connect", port), ACCESS_DENIED);
    CHECK_EQ(says(wasi, "bind", 0), SUCCESS);
}

/* Lets another guest use the network before it decides. */
static int32_t decide_after_another(void *env, const char *address, size_t address_len, int32_t asked_port,
                                    int32_t use) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.1"), 0, 65535));
    CHECK_EQ(says(wasi, "bind", 0), SUCCESS);
    CHECK_EQ(says(wasi, "connect", port), SUCCESS);
    return decide(env, address, address_len, asked_port, use);
}

TEST(a_callback_runs_other_guests) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    struct asked asked = {.allowed_use = WTS_WASI_TCP_CONNECT};
    CHECK_OK(wts_wasi_network_callback(wasi, decide_after_another, &asked, NULL));
    CHECK_EQ(says(wasi, "connect", port), SUCCESS);
    CHECK_EQ(says(wasi, "bind", 0), SUCCESS);
}

TEST(what_is_open_is_the_true_network) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("0.0.0.0/0"), 0, 65535));
    CHECK(close(listener) == 0);
    CHECK_EQ(says(wasi, "connect", port), CONNECTION_REFUSED);
}

int main(int argc, char **argv) {
    BEGIN;
    listen_somewhere();
    RUN(the_network_is_off);
    RUN(names_are_looked_up_or_not);
    RUN(ranges_are_open);
    RUN(a_callback_decides);
    RUN(a_callback_runs_other_guests);
    RUN(what_is_open_is_the_true_network);
    END;
}
