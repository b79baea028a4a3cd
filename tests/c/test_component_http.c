/* wasi:http: requests of tests/wasm/http.wasm to a server of this process's own, and what the sandbox says to them. In a
 * build without the feature `http` that is said, and nothing else can be tested. */
#define _POSIX_C_SOURCE 200809L

#include "component.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* What wasi:http says, by the place in its `error-code`. */
#define DNS_ERROR "1"
#define IP_PROHIBITED "4"
#define CONNECTION_REFUSED "6"
#define TLS_PROTOCOL_ERROR "12"
#define REQUEST_DENIED "15"
#define URI_INVALID "19"
#define RESPONSE_INCOMPLETE "25"
#define PROTOCOL_ERROR "35"

static int listener;
static int32_t port;
static pthread_t server;
/* The head of the last request, and how many there were. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char request[2048];
static int requests;

static int listen_somewhere(int32_t *at) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    const int made = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(made >= 0 && bind(made, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(listen(made, 16) == 0 && getsockname(made, (struct sockaddr *)&address, &len) == 0);
    *at = ntohs(address.sin_port);
    return made;
}

/* Reads the head of a request; false where the client ends it, or begins with what is no HTTP, such as TLS. */
static bool receive(int client, char *head, size_t room) {
    size_t len = 0;
    while (len + 1 < room) {
        const ssize_t got = recv(client, head + len, room - 1 - len, 0);
        if (got <= 0) return false;
        len += (size_t)got;
        head[len] = '\0';
        if (head[0] != 'G') return false;
        if (strstr(head, "\r\n\r\n") != NULL) return true;
    }
    return false;
}

static void answer(int client, const char *text) { (void)!write(client, text, strlen(text)); }

static void answer_much(int client) {
    char part[65536];
    memset(part, 'x', sizeof part);
    answer(client, "HTTP/1.1 200 OK\r\ncontent-length: 1048576\r\n\r\n");
    for (int i = 0; i < 16; i++) (void)!write(client, part, sizeof part);
}

static void *serve(void *unused) {
    int waiting = -1;
    for (;;) {
        char head[2048];
        const int client = accept(listener, NULL, NULL);
        if (client < 0) break;
        const bool whole = receive(client, head, sizeof head);
        if (whole) {
            CHECK_EQ(pthread_mutex_lock(&lock), 0);
            memcpy(request, head, sizeof head);
            requests++;
            CHECK_EQ(pthread_mutex_unlock(&lock), 0);
        }
        if (whole && strncmp(head, "GET /slow ", 10) == 0) {
            /* Not answered, and not closed before another one comes. */
            if (waiting >= 0) close(waiting);
            waiting = client;
            continue;
        }
        if (whole && strncmp(head, "GET /hello?", 11) == 0)
            answer(client, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
        else if (whole && strncmp(head, "GET /much ", 10) == 0)
            answer_much(client);
        else if (whole && strncmp(head, "GET /half ", 10) == 0)
            answer(client, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
        else if (whole && strncmp(head, "GET /garbage ", 13) == 0)
            answer(client, "this is not HTTP\r\n\r\n");
        else
            answer(client, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
        close(client);
    }
    if (waiting >= 0) close(waiting);
    return unused;
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int requests_so_far(void) {
    CHECK_EQ(pthread_mutex_lock(&lock), 0);
    const int count = requests;
    CHECK_EQ(pthread_mutex_unlock(&lock), 0);
    return count;
}

static wts_wasi_t new_wasi(void) {
    wts_wasi_t wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    return wasi;
}

/* One to which 127.0.0.1 is open at the server's port. */
static wts_wasi_t new_open_wasi(void) {
    const wts_wasi_t wasi = new_wasi();
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.1"), port, port));
    return wasi;
}

static wts_component_func_t new_get(wts_store_t store, wts_wasi_t wasi) {
    WTS_SCOPED(component) guest = 0;
    WTS_SCOPED(component_linker) linker = new_component_linker();
    wts_component_instance_t instance = 0;
    CHECK_OK(wts_component_linker_define_http(linker));
    CHECK_OK(wts_component_linker_define_wasi(linker));
    CHECK_OK(wts_store_set_wasi(store, wasi));
    CHECK_OK(wts_component_new_file(engine, WTS_STR("tests/wasm/http.wasm"), &guest));
    CHECK_OK(wts_component_linker_instantiate(linker, store, guest, &instance));
    return component_func(instance, "get");
}

/* Gets with an authority of which `%d` is the port. */
static wts_status_t get_from(wts_wasi_t wasi, const char *tls, const char *authority, const char *path,
                             int64_t timeout) {
    char args[256], to[128];
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t get = new_get(store, wasi);
    CHECK_OK(wts_store_set_timeout_ms(store, timeout));
    snprintf(to, sizeof to, authority, (int)port);
    snprintf(args, sizeof args, "(%s, \"%s\", \"%s\")", tls, to, path);
    return call_wave(get, args);
}

#define CHECK_GET(wasi, authority, path, expected)                                                 \
    CHECK_TEXT(get_from(wasi, "false", authority, path, -1), expected)

TEST(a_guest_gets_what_is_open_to_it) {
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?to=all", "ok((200, \"hello\"))");
    char host[64];
    snprintf(host, sizeof host, "\r\nhost: 127.0.0.1:%d\r\n", (int)port);
    CHECK(strncmp(request, "GET /hello?to=all HTTP/1.1\r\n", 28) == 0);
    CHECK(strstr(request, host) != NULL);
    CHECK_GET(wasi, "127.0.0.1:%d", "/nowhere", "ok((404, \"\"))");
}

TEST(a_long_body_comes_whole) {
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    WTS_SCOPED(store) store = new_store();
    char args[64];
    const wts_component_func_t get = new_get(store, wasi);
    WTS_SCOPED(buffer) result = 0;
    const uint8_t *data = NULL;
    size_t len = 0;
    snprintf(args, sizeof args, "(false, \"127.0.0.1:%d\", \"/much\")", (int)port);
    CHECK_OK(wts_component_func_call_wave(get, WTS_CSTR(args), &result));
    CHECK_OK(wts_buffer_data(result, &data, &len));
    CHECK_EQ(len, strlen("ok((200, \"\"))") + (1 << 20));
}

TEST(what_servers_do_wrong_is_an_error) {
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    CHECK_GET(wasi, "127.0.0.1:%d", "/half", "err(" RESPONSE_INCOMPLETE ")");
    CHECK_GET(wasi, "127.0.0.1:%d", "/garbage", "err(" PROTOCOL_ERROR ")");
    /* Who speaks no TLS. */
    CHECK_TEXT(get_from(wasi, "true", "127.0.0.1:%d", "/hello?", 10000), "err(" TLS_PROTOCOL_ERROR ")");
    int32_t free_port = 0;
    close(listen_somewhere(&free_port));
    char authority[32];
    snprintf(authority, sizeof authority, "127.0.0.1:%d", (int)free_port);
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.1"), free_port, free_port));
    CHECK_GET(wasi, authority, "/", "err(" CONNECTION_REFUSED ")");
}

TEST(the_network_is_off) {
    const int before = requests_so_far();
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?", "err(" IP_PROHIBITED ")");
    CHECK_GET(wasi, "localhost:%d", "/hello?", "err(" REQUEST_DENIED ")");
    CHECK_EQ(requests_so_far(), before);
}

TEST(ranges_are_open) {
    const int before = requests_so_far();
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("10.0.0.0/8"), 0, 65535));
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.1"), port + 1, port + 1));
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?", "err(" IP_PROHIBITED ")");
    /* The same address, in other words. */
    CHECK_GET(wasi, "[::ffff:127.0.0.1]:%d", "/hello?", "err(" IP_PROHIBITED ")");
    CHECK_GET(wasi, "nobody@127.0.0.1:%d", "/hello?", "err(" IP_PROHIBITED ")");
    CHECK_GET(wasi, "0.0.0.0:%d", "/hello?", "err(" IP_PROHIBITED ")");
    CHECK_EQ(requests_so_far(), before);
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("127.0.0.0/8"), port, port));
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?", "ok((200, \"hello\"))");
    CHECK_EQ(requests_so_far(), before + 1);
}

TEST(names_are_looked_up_or_not) {
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    CHECK_GET(wasi, "localhost:%d", "/hello?", "err(" REQUEST_DENIED ")");
    /* What a resolver would take for an address. */
    CHECK_GET(wasi, "127.1:%d", "/hello?", "err(" REQUEST_DENIED ")");
    CHECK_OK(wts_wasi_allow_name_lookup(wasi, 1));
    CHECK_GET(wasi, "localhost:%d", "/hello?", "ok((200, \"hello\"))");
    CHECK(strstr(request, "\r\nhost: localhost:") != NULL);
    CHECK_GET(wasi, "name.invalid:%d", "/hello?", "err(" DNS_ERROR ")");
    WTS_SCOPED(wasi) elsewhere = new_wasi();
    CHECK_OK(wts_wasi_allow_network(elsewhere, WTS_STR("10.0.0.0/8"), 0, 65535));
    CHECK_OK(wts_wasi_allow_name_lookup(elsewhere, 1));
    CHECK_GET(elsewhere, "localhost:%d", "/hello?", "err(" IP_PROHIBITED ")");
}

TEST(an_authority_is_checked) {
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    CHECK_GET(wasi, "", "/", "err(" URI_INVALID ")");
    CHECK_GET(wasi, "127.0.0.1:65536", "/", "err(" URI_INVALID ")");
    CHECK_GET(wasi, "127.0.0.1:%d/hello", "/", "err(" URI_INVALID ")");
}

struct asked {
    int32_t answer, port, use, times;
    char address[64];
};

static int32_t decide(void *env, const char *address, size_t address_len, int32_t asked_port, int32_t use) {
    struct asked *const asked = env;
    snprintf(asked->address, sizeof asked->address, "%.*s", (int)address_len, address);
    asked->port = asked_port;
    asked->use = use;
    asked->times++;
    return asked->answer;
}

TEST(a_callback_decides) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    struct asked asked = {.answer = 0};
    CHECK_OK(wts_wasi_network_callback(wasi, decide, &asked, NULL));
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?", "ok((200, \"hello\"))");
    CHECK(strcmp(asked.address, "127.0.0.1") == 0);
    CHECK_EQ(asked.port, port);
    CHECK_EQ(asked.use, WTS_WASI_TCP_CONNECT);
    CHECK_EQ(asked.times, 1);
    asked.answer = 1;
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?", "err(" IP_PROHIBITED ")");
}

static int32_t decide_after_another(void *env, const char *address, size_t address_len, int32_t asked_port,
                                    int32_t use) {
    (void)env, (void)address, (void)address_len, (void)asked_port, (void)use;
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?", "ok((200, \"hello\"))");
    return 0;
}

TEST(a_callback_runs_other_guests) {
    int drops = 0;
    wts_wasi_t wasi = new_wasi();
    CHECK_OK(wts_wasi_network_callback(wasi, decide_after_another, &drops, count_drop));
    CHECK_GET(wasi, "127.0.0.1:%d", "/nowhere", "ok((404, \"\"))");
    CHECK_EQ(drops, 0);
    /* Nothing that was sent holds it. */
    CHECK_OK(wts_wasi_delete(wasi));
    CHECK_EQ(drops, 1);
}

TEST(waits_end) {
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    const int64_t start = milliseconds();
    CHECK_STATUS(get_from(wasi, "false", "127.0.0.1:%d", "/slow", 50), WTS_ERR_TIMEOUT);
    CHECK(milliseconds() - start < 150);
    /* The server goes on. */
    CHECK_GET(wasi, "127.0.0.1:%d", "/hello?", "ok((200, \"hello\"))");
}

static void *interrupt_soon(void *store) {
    const struct timespec soon = {.tv_nsec = 50 * 1000 * 1000};
    nanosleep(&soon, NULL);
    CHECK_OK(wts_store_interrupt(*(wts_store_t *)store));
    return NULL;
}

TEST(waits_are_interrupted) {
    WTS_SCOPED(wasi) wasi = new_open_wasi();
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t get = new_get(store, wasi);
    pthread_t thread;
    char args[64];
    snprintf(args, sizeof args, "(false, \"127.0.0.1:%d\", \"/slow\")", (int)port);
    CHECK_EQ(pthread_create(&thread, NULL, interrupt_soon, &store), 0);
    const int64_t start = milliseconds();
    CHECK_STATUS(call_wave(get, args), WTS_ERR_INTERRUPT);
    CHECK(milliseconds() - start < 150);
    CHECK_EQ(pthread_join(thread, NULL), 0);
}

TEST(wrong_arguments_are_refused) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    const wts_component_linker_t stale = new_component_linker();
    CHECK_OK(wts_component_linker_delete(stale));
    CHECK_HANDLES(h, stale, engine, wts_component_linker_define_http(h));
    CHECK_OK(wts_component_linker_define_http(linker));
    CHECK_ERROR(wts_component_linker_define_http(linker), WTS_ERR_STATE, "wts_component_linker_set_allow_shadowing");
    /* A store needs WASI for it. */
    WTS_SCOPED(component) guest = 0;
    WTS_SCOPED(store) store = new_store();
    wts_component_instance_t instance = 0;
    CHECK_OK(wts_component_linker_define_wasi(linker));
    CHECK_OK(wts_component_new_file(engine, WTS_STR("tests/wasm/http.wasm"), &guest));
    CHECK_ERROR(wts_component_linker_instantiate(linker, store, guest, &instance), WTS_ERR_STATE,
                "wts_store_set_wasi");
}

static bool has_http(void) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    const wts_status_t status = wts_component_linker_define_http(linker);
    if (status == WTS_OK) return true;
    CHECK_ERROR(status, WTS_ERR_UNSUPPORTED, "feature \"http\"");
    puts("wasi:http is not tested: this library was built without the feature http, which is off by default");
    return false;
}

TEST(a_build_without_it_says_so) { CHECK_EQ(has_http(), 0); }

int main(int argc, char **argv) {
    engine = new_engine_with_epochs();
    if (!has_http()) {
        RUN(a_build_without_it_says_so);
        END;
    }
    listener = listen_somewhere(&port);
    CHECK_EQ(pthread_create(&server, NULL, serve, NULL), 0);
    RUN(a_guest_gets_what_is_open_to_it);
    RUN(a_long_body_comes_whole);
    RUN(what_servers_do_wrong_is_an_error);
    RUN(the_network_is_off);
    RUN(ranges_are_open);
    RUN(names_are_looked_up_or_not);
    RUN(an_authority_is_checked);
    RUN(a_callback_decides);
    RUN(a_callback_runs_other_guests);
    RUN(waits_end);
    RUN(waits_are_interrupted);
    RUN(wrong_arguments_are_refused);
    shutdown(listener, SHUT_RDWR);
    CHECK_EQ(pthread_join(server, NULL), 0);
    close(listener);
    END;
}
