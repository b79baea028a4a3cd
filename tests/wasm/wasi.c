/* What the tests of WASI run. Each argument is something to do, as `verb=argument`, and prints what WASI said to it:
 * SUCCESS or the name of an error. Paths are those of the first folder that is open, as WASI has them: no C library
 * changes them. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasi/api.h>

enum { FOLDER = 3 };

/* The C library has no name for it. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_raise"))) int32_t proc_raise(int32_t signal);

static const char *name(__wasi_errno_t error) {
    static const char *const names[] = {
        "SUCCESS",  "2BIG",   "ACCES",       "ADDRINUSE", "ADDRNOTAVAIL", "AFNOSUPPORT", "AGAIN",          "ALREADY",
        "BADF",     "BADMSG", "BUSY",        "CANCELED",  "CHILD",        "CONNABORTED", "CONNREFUSED",    "CONNRESET",
        "DEADLK",   "DESTADDRREQ", "DOM",    "DQUOT",     "EXIST",        "FAULT",       "FBIG",
                          "HOSTUNREACH",
        "IDRM",     "ILSEQ",  "INPROGRESS",  "INTR",      "INVAL",        "IO",          "ISCONN",         "ISDIR",
        "LOOP",     "MFILE",  "MLINK",       "MSGSIZE",   "MULTIHOP",     "NAMETOOLONG", "NETDOWN",        "NETRESET",
        "NETUNREACH", "NFILE", "NOBUFS",     "NODEV",     "NOENT",        "NOEXEC",      "NOLCK",          "NOLINK",
        "NOMEM",    "NOMSG",  "NOPROTOOPT",  "NOSPC",     "NOSYS",        "NOTCONN",     "NOTDIR",         "NOTEMPTY",
        "NOTRECOVERABLE", "NOTSOCK", "NOTSUP", "NOTTY",   "NXIO",         "OVERFLOW",    "OWNERDEAD",      "PERM",
        "PIPE",     "PROTO",  "PROTONOSUPPORT", "PROTOTYPE", "RANGE",     "ROFS",        "SPIPE",          "SRCH",
        "STALE",    "TIMEDOUT", "TXTBSY",    "XDEV",      "NOTCAPABLE",
    };
    return error < sizeof names / sizeof *names ? names[error] : "?";
}

static void say(const char *verb, const char *argument, __wasi_errno_t error) {
    printf("%s %s: %s\n", verb, argument, name(error));
}

static __wasi_errno_t open_at(const char *path, int oflags, bool writes, __wasi_fd_t *fd) {
    const __wasi_rights_t rights = __WASI_RIGHTS_FD_READ | (writes ? __WASI_RIGHTS_FD_WRITE : 0);
    return __wasi_path_open(FOLDER, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, oflags, rights, 0, 0, fd);
}

/* ---- Verbs ---- */

static void do_open(const char *path) {
    __wasi_fd_t fd;
    const __wasi_errno_t error = open_at(path, 0, false, &fd);
    say("open", path, error);
    if (error == 0) (void)__wasi_fd_close(fd);
}

/* Opens a file for writing, which is made if it is not there, and writes to it. */
static void do_write(const char *path) {
    __wasi_fd_t fd;
    __wasi_errno_t error = open_at(path, __WASI_OFLAGS_CREAT, true, &fd);
    if (error == 0) {
        __wasi_size_t written;
        error = __wasi_fd_write(fd, &(__wasi_ciovec_t){(const uint8_t *)"guest", 5}, 1, &written);
        (void)__wasi_fd_close(fd);
    }
    say("write", path, error);
}

/* Opens a file for reading, and prints its beginning. */
static void do_cat(const char *path) {
    uint8_t buf[64];
    __wasi_fd_t fd;
    __wasi_size_t read = 0;
    __wasi_errno_t error = open_at(path, 0, false, &fd);
    if (error == 0) {
        error = __wasi_fd_read(fd, &(__wasi_iovec_t){buf, sizeof buf}, 1, &read);
        (void)__wasi_fd_close(fd);
    }
    say("cat", path, error);
    if (error == 0) printf("  %.*s\n", (int)read, (const char *)buf);
}

static void do_mkdir(const char *path) { say("mkdir", path, __wasi_path_create_directory(FOLDER, path)); }
static void do_rmdir(const char *path) { say("rmdir", path, __wasi_path_remove_directory(FOLDER, path)); }
static void do_unlink(const char *path) { say("unlink", path, __wasi_path_unlink_file(FOLDER, path)); }

static void do_stat(const char *path) {
    __wasi_filestat_t stat;
    say("stat", path, __wasi_path_filestat_get(FOLDER, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, &stat));
}

static void do_touch(const char *path) {
    say("touch", path,
        __wasi_path_filestat_set_times(FOLDER, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, 0, 0, __WASI_FSTFLAGS_MTIM));
}

static void do_truncate(const char *path) {
    __wasi_fd_t fd;
    __wasi_errno_t error = open_at(path, __WASI_OFLAGS_TRUNC, true, &fd);
    if (error == 0) (void)__wasi_fd_close(fd);
    say("truncate", path, error);
}

static void do_readlink(const char *path) {
    uint8_t buf[256];
    __wasi_size_t used = 0;
    const __wasi_errno_t error = __wasi_path_readlink(FOLDER, path, buf, sizeof buf, &used);
    say("readlink", path, error);
    if (error == 0) printf("  %.*s\n", (int)used, (const char *)buf);
}

/* Two paths, with a comma between. */
static const char *second(char *both) {
    char *const comma = strchr(both, ',');
    if (comma == NULL) exit(99);
    *comma = '\0';
    return comma + 1;
}

static void do_rename(char *from) {
    const char *const to = second(from);
    printf("rename %s %s: %s\n", from, to, name(__wasi_path_rename(FOLDER, from, FOLDER, to)));
}

static void do_link(char *from) {
    const char *const to = second(from);
    printf("link %s %s: %s\n", from, to, name(__wasi_path_link(FOLDER, 0, from, FOLDER, to)));
}

static void do_symlink(char *from) {
    const char *const to = second(from);
    printf("symlink %s %s: %s\n", from, to, name(__wasi_path_symlink(from, FOLDER, to)));
}

/* How many names a folder has. */
static void do_ls(const char *path) {
    uint8_t buf[4096];
    __wasi_fd_t fd;
    __wasi_size_t used = 0;
    int names = 0;
    __wasi_errno_t error = open_at(path, __WASI_OFLAGS_DIRECTORY, false, &fd);
    if (error == 0) {
        error = __wasi_fd_readdir(fd, buf, sizeof buf, 0, &used);
        (void)__wasi_fd_close(fd);
    }
    for (__wasi_size_t at = 0; at + sizeof(__wasi_dirent_t) <= used; names++) {
        __wasi_dirent_t entry;
        memcpy(&entry, buf + at, sizeof entry);
        at += sizeof entry + entry.d_namlen;
    }
    printf("ls %s: %s, %d names\n", path, name(error), names);
}

/* Names that no text of Unicode has. */
static void do_names(const char *unused) {
    static const char *const bad[] = {"\xff\xfe", "a\xc3", "\xed\xa0\x80", "\xc0\xaf.."};
    (void)unused;
    for (int i = 0; i < 4; i++) {
        __wasi_fd_t fd;
        printf("name %d: %s %s %s %s\n", i, name(open_at(bad[i], 0, false, &fd)),
               name(open_at(bad[i], __WASI_OFLAGS_CREAT, true, &fd)), name(__wasi_path_create_directory(FOLDER,
                    bad[i])),
               name(__wasi_path_symlink(bad[i], FOLDER, "link")));
    }
}

/* Folders in each other, so many, and the way down and up again. */
static void do_deep(const char *levels) {
    const int depth = atoi(levels);
    __wasi_fd_t folder = FOLDER, next;
    __wasi_errno_t error = 0;
    int made = 0;
    for (; made < depth; made++) {
        error = __wasi_path_create_directory(folder, "d");
        if (error != 0) break;
        error = __wasi_path_open(folder, 0, "d", __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READ, 0, 0, &next);
        if (error != 0) break;
        if (folder != FOLDER) (void)__wasi_fd_close(folder);
        folder = next;
    }
    printf("deep %d: %s after %d\n", depth, name(error), made);
    char *const path = malloc((size_t)depth * 5 + 32);
    if (path == NULL) exit(98);
    char *end = path;
    for (int i = 0; i < depth; i++) end += sprintf(end, "d/");
    for (int i = 0; i < depth; i++) end += sprintf(end, "../");
    strcpy(end, "..");
    printf("down and up: %s\n", name(open_at(path, __WASI_OFLAGS_DIRECTORY, false, &next)));
    free(path);
}

static void do_env(const char *variable) {
    const char *const value = getenv(variable);
    printf("env %s: %s\n", variable, value ? value : "none");
}

extern char **environ;

static void do_environ(const char *unused) {
    (void)unused;
    int count = 0;
    while (environ != NULL && environ[count] != NULL) count++;
    printf("environ: %d\n", count);
}

static void do_socket(const char *unused) {
    (void)unused;
    uint8_t buf[8];
    for (__wasi_fd_t fd = 0; fd < 5; fd++) {
        __wasi_fd_t accepted;
        __wasi_size_t size;
        __wasi_roflags_t flags;
        printf("socket %d: %s", (int)fd, name(__wasi_sock_accept(fd, 0, &accepted)));
        printf(" %s", name(__wasi_sock_recv(fd, &(__wasi_iovec_t){buf, sizeof buf}, 1, 0, &size, &flags)));
        printf(" %s", name(__wasi_sock_send(fd, &(__wasi_ciovec_t){buf, sizeof buf}, 1, 0, &size)));
        printf(" %s\n", name(__wasi_sock_shutdown(fd, __WASI_SDFLAGS_RD)));
    }
}

/* Writes to the standard output until that fails. */
static void do_fill(const char *unused) {
    (void)unused;
    static uint8_t block[1000];
    memset(block, 'x', sizeof block);
    uint64_t total = 0;
    for (;;) {
        __wasi_size_t written = 0;
        const __wasi_errno_t error = __wasi_fd_write(1, &(__wasi_ciovec_t){block, sizeof block}, 1, &written);
        if (error != 0) {
            fprintf(stderr, "fill: %s after %llu\n", name(error), (unsigned long long)total);
            return;
        }
        total += written;
    }
}

/* Without end. */
static void do_forever(const char *what) {
    static uint8_t buf[1 << 16];
    __wasi_timestamp_t time;
    __wasi_size_t size;
    for (;;) {
        if (strcmp(what, "random") == 0) (void)__wasi_random_get(buf, sizeof buf);
        if (strcmp(what, "clock") == 0) (void)__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 0, &time);
        if (strcmp(what, "yield") == 0) (void)__wasi_sched_yield();
        if (strcmp(what, "stat") == 0) do_stat(".");
        if (strcmp(what, "write") == 0) (void)__wasi_fd_write(1, &(__wasi_ciovec_t){buf, 4096}, 1, &size);
    }
}

static void do_time(const char *unused) {
    (void)unused;
    __wasi_timestamp_t wall = 0, monotonic = 0;
    (void)__wasi_clock_time_get(__WASI_CLOCKID_REALTIME, 0, &wall);
    (void)__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 0, &monotonic);
    printf("time: %llu %llu\n", (unsigned long long)wall, (unsigned long long)monotonic);
}

static void do_random(const char *unused) {
    (void)unused;
    uint8_t bytes[8];
    printf("random: %s", name(__wasi_random_get(bytes, sizeof bytes)));
    for (int i = 0; i < 8; i++) printf(" %02x", bytes[i]);
    printf("\n");
}

static __wasi_errno_t poll_one(const __wasi_subscription_t *what) {
    __wasi_event_t event;
    __wasi_size_t count;
    const __wasi_errno_t error = __wasi_poll_oneoff(what, &event, 1, &count);
    return error != 0 ? error : event.error;
}

static __wasi_subscription_t in_ns(uint64_t time, bool absolute) {
    __wasi_subscription_t what = {.u.tag = __WASI_EVENTTYPE_CLOCK};
    what.u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    what.u.u.clock.timeout = time;
    what.u.u.clock.flags = absolute ? __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME : 0;
    return what;
}

static void do_sleep(const char *milliseconds) {
    const __wasi_subscription_t what = in_ns(strtoull(milliseconds, NULL, 10) * 1000000, false);
    say("sleep", milliseconds, poll_one(&what));
}

static void do_sleep_until(const char *ns) {
    const __wasi_subscription_t what = in_ns(strtoull(ns, NULL, 10), true);
    say("sleep_until", ns, poll_one(&what));
}

/* Waits until there is input, without reading it. */
static void do_poll(const char *unused) {
    __wasi_subscription_t what = {.u.tag = __WASI_EVENTTYPE_FD_READ};
    (void)unused;
    what.u.u.fd_read.file_descriptor = 0;
    say("poll", "0", poll_one(&what));
}

/* Reads the standard input to its end and prints it back. */
static void do_echo(const char *unused) {
    (void)unused;
    uint8_t buf[100];
    for (;;) {
        __wasi_size_t read = 0, written;
        const __wasi_errno_t error = __wasi_fd_read(0, &(__wasi_iovec_t){buf, sizeof buf}, 1, &read);
        if (error != 0) say("echo", "input", error);
        if (error != 0 || read == 0) return;
        const __wasi_errno_t wrote = __wasi_fd_write(1, &(__wasi_ciovec_t){buf, read}, 1, &written);
        if (wrote != 0) fprintf(stderr, "echo output: %s\n", name(wrote));
        if (wrote != 0) return;
    }
}

/* Reads once, a few bytes. */
static void do_read(const char *bytes) {
    uint8_t buf[100];
    __wasi_size_t read = 0;
    const __wasi_errno_t error = __wasi_fd_read(0, &(__wasi_iovec_t){buf, (__wasi_size_t)atoi(bytes)}, 1, &read);
    printf("read %s: %s %.*s\n", bytes, name(error), (int)read, (const char *)buf);
}

static void do_tty(const char *unused) {
    (void)unused;
    printf("tty: %d %d %d\n", isatty(0), isatty(1), isatty(2));
}

/* To the standard error. */
static void do_warn(const char *text) { fprintf(stderr, "%s\n", text); }

/* To the standard output. */
static void do_say(const char *text) { printf("%s\n", text); }

static void do_exit(const char *status) {
    fflush(stdout);
    __wasi_proc_exit((__wasi_exitcode_t)strtoul(status, NULL, 10));
}

/* A pointer that leads out of the memory. */
static void do_pointer(const char *unused) {
    (void)unused;
    fflush(stdout);
    (void)__wasi_random_get((uint8_t *)0xfffffff0u, 64);
}

/* ---- Every function there is ---- */

static int called;

static void tell(const char *function, __wasi_errno_t error) {
    called++;
    printf("%s: %s\n", function, name(error));
}

static void functions_of_the_process(char **argv) {
    static char *texts[64];
    static uint8_t buf[4096];
    __wasi_size_t count, size;
    __wasi_timestamp_t time;
    tell("args_sizes_get", __wasi_args_sizes_get(&count, &size));
    tell("args_get", __wasi_args_get((uint8_t **)texts, buf));
    if (strcmp(texts[0], argv[0]) != 0) printf("other arguments\n");
    tell("environ_sizes_get", __wasi_environ_sizes_get(&count, &size));
    tell("environ_get", __wasi_environ_get((uint8_t **)texts, buf));
    tell("clock_res_get", __wasi_clock_res_get(__WASI_CLOCKID_REALTIME, &time));
    tell("clock_time_get", __wasi_clock_time_get(__WASI_CLOCKID_REALTIME, 0, &time));
    tell("random_get", __wasi_random_get(buf, 8));
    tell("sched_yield", __wasi_sched_yield());
    tell("proc_raise", (__wasi_errno_t)proc_raise(0));
    const __wasi_subscription_t soon = in_ns(1, false);
    tell("poll_oneoff", poll_one(&soon));
}

static void functions_of_files(void) {
    static uint8_t buf[64];
    const __wasi_ciovec_t hello = {(const uint8_t *)"hello", 5};
    const __wasi_iovec_t to = {buf, sizeof buf};
    __wasi_fd_t fd;
    __wasi_size_t size;
    __wasi_filesize_t at;
    __wasi_fdstat_t about;
    __wasi_filestat_t stat;
    __wasi_prestat_t prestat;
    tell("fd_prestat_get", __wasi_fd_prestat_get(FOLDER, &prestat));
    tell("fd_prestat_dir_name", __wasi_fd_prestat_dir_name(FOLDER, buf, prestat.u.dir.pr_name_len));
    tell("path_open", open_at("all", __WASI_OFLAGS_CREAT, true, &fd));
    tell("fd_write", __wasi_fd_write(fd, &hello, 1, &size));
    tell("fd_pwrite", __wasi_fd_pwrite(fd, &hello, 1, 5, &size));
    tell("fd_seek", __wasi_fd_seek(fd, 2, __WASI_WHENCE_SET, &at));
    tell("fd_tell", __wasi_fd_tell(fd, &at));
    tell("fd_read", __wasi_fd_read(fd, &to, 1, &size));
    tell("fd_pread", __wasi_fd_pread(fd, &to, 1, 1, &size));
    if (at != 2 || size != 9 || memcmp(buf, "ellohello", 9) != 0) printf("other contents\n");
    tell("fd_advise", __wasi_fd_advise(fd, 0, 10, __WASI_ADVICE_SEQUENTIAL));
    tell("fd_allocate", __wasi_fd_allocate(fd, 0, 100));
    tell("fd_datasync", __wasi_fd_datasync(fd));
    tell("fd_sync", __wasi_fd_sync(fd));
    tell("fd_fdstat_get", __wasi_fd_fdstat_get(fd, &about));
    tell("fd_fdstat_set_flags", __wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_APPEND));
    tell("fd_fdstat_set_rights", __wasi_fd_fdstat_set_rights(fd, 0, 0));
    tell("fd_filestat_set_size", __wasi_fd_filestat_set_size(fd, 7));
    tell("fd_filestat_set_times", __wasi_fd_filestat_set_times(fd, 0, 1000000000, __WASI_FSTFLAGS_MTIM));
    tell("fd_filestat_get", __wasi_fd_filestat_get(fd, &stat));
    if (stat.size != 7 || stat.mtim != 1000000000) printf("another size or time\n");
    __wasi_fd_t other;
    if (open_at("all", 0, false, &other) != 0) printf("cannot be opened again\n");
    tell("fd_renumber", __wasi_fd_renumber(fd, other));
    tell("fd_close", __wasi_fd_close(other));
}

static void functions_of_paths(void) {
    static uint8_t buf[4096];
    __wasi_filestat_t stat;
    __wasi_size_t size;
    tell("path_create_directory", __wasi_path_create_directory(FOLDER, "folder"));
    tell("path_link", __wasi_path_link(FOLDER, 0, "all", FOLDER, "folder/linked"));
    tell("path_symlink", __wasi_path_symlink("all", FOLDER, "link"));
    tell("path_readlink", __wasi_path_readlink(FOLDER, "link", buf, sizeof buf, &size));
    tell("path_rename", __wasi_path_rename(FOLDER, "folder/linked", FOLDER, "folder/renamed"));
    tell("path_filestat_get", __wasi_path_filestat_get(FOLDER, 0, "folder/renamed", &stat));
    tell("path_filestat_set_times",
         __wasi_path_filestat_set_times(FOLDER, 0, "folder/renamed", 0, 0, __WASI_FSTFLAGS_MTIM_NOW));
    tell("fd_readdir", __wasi_fd_readdir(FOLDER, buf, sizeof buf, 0, &size));
    tell("path_unlink_file", __wasi_path_unlink_file(FOLDER, "folder/renamed"));
    tell("path_remove_directory", __wasi_path_remove_directory(FOLDER, "folder"));
}

static void functions_of_sockets(void) {
    static uint8_t buf[8];
    __wasi_fd_t fd;
    __wasi_size_t size;
    __wasi_roflags_t flags;
    tell("sock_accept", __wasi_sock_accept(FOLDER, 0, &fd));
    tell("sock_recv", __wasi_sock_recv(FOLDER, &(__wasi_iovec_t){buf, sizeof buf}, 1, 0, &size, &flags));
    tell("sock_send", __wasi_sock_send(FOLDER, &(__wasi_ciovec_t){buf, sizeof buf}, 1, 0, &size));
    tell("sock_shutdown", __wasi_sock_shutdown(FOLDER, __WASI_SDFLAGS_RD));
}

static void do_all(char **argv) {
    functions_of_the_process(argv);
    functions_of_files();
    functions_of_paths();
    functions_of_sockets();
    called++;
    printf("%d functions, and proc_exit is the last\n", called);
    fflush(stdout);
    __wasi_proc_exit(0);
}

/* ---- */

struct verb {
    const char *name;
    void (*run)(char *argument);
};

#define VERB(name) {#name, (void (*)(char *))do_##name}

static const struct verb verbs[] = {
    VERB(open), VERB(write), VERB(cat), VERB(mkdir), VERB(rmdir), VERB(unlink), VERB(stat), VERB(touch), VERB(truncate),
    VERB(readlink), VERB(rename), VERB(link), VERB(symlink), VERB(ls), VERB(names), VERB(deep), VERB(env),
         VERB(environ),
    VERB(socket), VERB(fill), VERB(forever), VERB(time), VERB(random), VERB(sleep), VERB(sleep_until), VERB(poll),
    VERB(echo), VERB(read), VERB(tty), VERB(warn), VERB(say), VERB(exit), VERB(pointer),
};

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "all") == 0) do_all(argv);
    for (int i = 1; i < argc; i++) {
        char *const equals = strchr(argv[i], '=');
        if (equals != NULL) *equals = '\0';
        const struct verb *found = NULL;
        for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++)
            if (strcmp(verbs[v].name, argv[i]) == 0) found = &verbs[v];
        if (found == NULL) {
            printf("%s: no such verb\n", argv[i]);
            return 97;
        }
        found->run(equals != NULL ? equals + 1 : argv[i]);
        fflush(stdout);
    }
    return 0;
}
