/* Guests that try to leave what WASI gives them: each is told so, and the host goes on. */
#include "wasi.h"

#include <fcntl.h>

/* A folder with what a guest may see, and beside it what it may not. */
static char base[PATH_SIZE];

static const char *in_base(const char *name) {
    static char paths[4][2 * PATH_SIZE];
    static int turn;
    char *const path = paths[turn = (turn + 1) % 4];
    snprintf(path, sizeof paths[0], "%s/%s", base, name);
    return path;
}

static void make_world(void) {
    make_temporary_folder(base);
    CHECK(mkdir(in_base("open"), 0755) == 0 && mkdir(in_base("secret"), 0755) == 0 && mkdir(in_base("open/in"),
          0755) == 0);
    write_file(in_base("open/file"), "mine", 4);
    write_file(in_base("open/in/file"), "inside", 6);
    write_file(in_base("secret/file"), "secret", 6);
}

/* A guest that does this in the open folder. */
static wts_wasi_t new_world_(int32_t rights, const char *const *verbs) {
    const wts_wasi_t wasi = new_wasi_to_do_(verbs);
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(in_base("open")), WTS_STR("/"), rights));
    return wasi;
}
#define new_world(rights, ...) new_world_(rights, (const char *const[]){__VA_ARGS__, NULL})

/* What is beside the open folder is as it was. */
static void check_secret(void) {
    size_t len = 0;
    uint8_t *const bytes = read_file(in_base("secret/file"), &len);
    CHECK(len == 6 && memcmp(bytes, "secret", 6) == 0);
    free(bytes);
    CHECK_EQ(folder_size(in_base("secret")), 6);
    CHECK(access(in_base("new"), F_OK) != 0);
}

TEST(paths_that_lead_out_are_refused) {
    WTS_SCOPED(wasi) wasi =
        new_world(WTS_WASI_READ_WRITE, "open=..", "cat=../secret/file", "write=../new", "mkdir=../new",
                  "cat=in/../../secret/file", "stat=../secret/file", "unlink=../secret/file", "rmdir=../secret",
                  "touch=../secret/file", "truncate=../secret/file", "ls=..", "rename=file,../new",
                          "rename=../secret/file,x",
                  "link=../secret/file,x", "link=file,../new", "symlink=x,../new", "readlink=../secret/file",
                          "cat=in/../file",
                  "cat=./in/./file", "cat=in//file", "open=.");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "open ..: PERM\ncat ../secret/file: PERM\nwrite ../new: PERM\nmkdir ../new: PERM\n"
                  "cat in/../../secret/file: PERM\nstat ../secret/file: PERM\nunlink ../secret/file: PERM\n"
                  "rmdir ../secret: PERM\ntouch ../secret/file: PERM\ntruncate ../secret/file: PERM\n"
                  "ls ..: PERM, 0 names\n"
                  "rename file ../new: PERM\nrename ../secret/file x: PERM\nlink ../secret/file x: PERM\n"
                  "link file ../new: PERM\nsymlink x ../new: PERM\nreadlink ../secret/file: PERM\n"
                  "cat in/../file: SUCCESS\n  mine\ncat ./in/./file: SUCCESS\n  inside\n"
                  "cat in//file: SUCCESS\n  inside\n"
                  "open .: SUCCESS\n");
    check_secret();
}

TEST(absolute_paths_are_refused) {
    char absolute[2 * PATH_SIZE + 8];
    snprintf(absolute, sizeof absolute, "cat=%s", in_base("secret/file"));
    WTS_SCOPED(wasi) wasi = new_world(WTS_WASI_READ_WRITE, "cat=/etc/passwd", "open=/", "write=/tmp/wts-test",
               "mkdir=/tmp/wts-test",
                                      "symlink=/etc/passwd,link", "stat=/", absolute);
    CHECK_OK(run_guest(wasi));
    char expected[4096];
    snprintf(expected, sizeof expected,
             "cat /etc/passwd: PERM\nopen /: PERM\nwrite /tmp/wts-test: PERM\nmkdir /tmp/wts-test: PERM\n"
             "symlink /etc/passwd link: PERM\nstat /: PERM\ncat %s: PERM\n",
             in_base("secret/file"));
    CHECK_PRINTED(wasi, expected);
    CHECK(access("/tmp/wts-test", F_OK) != 0);
}

TEST(links_of_the_host_lead_nowhere_outside) {
    CHECK(symlink("../secret", in_base("open/folder")) == 0);
    CHECK(symlink("../secret/file", in_base("open/link")) == 0);
    CHECK(symlink(in_base("secret/file"), in_base("open/absolute")) == 0);
    CHECK(symlink("/proc/self/root/etc/passwd", in_base("open/proc")) == 0);
    CHECK(symlink("in/../../secret/file", in_base("open/round")) == 0);
    CHECK(symlink("loop", in_base("open/loop")) == 0);
    CHECK(symlink("in/file", in_base("open/good")) == 0);
    CHECK(symlink("../new", in_base("open/dangling")) == 0);
    WTS_SCOPED(wasi) wasi =
        new_world(WTS_WASI_READ_WRITE, "cat=link", "cat=folder/file", "ls=folder", "write=link", "write=folder/new",
                  "cat=absolute",
                  "cat=proc", "cat=round", "cat=loop", "cat=good", "write=dangling", "truncate=link", "touch=link",
                          "stat=link",
                  "readlink=link", "readlink=absolute", "unlink=folder/file", "mkdir=folder/new",
                          "rename=folder/file,x",
                  "link=folder/file,x");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "cat link: PERM\ncat folder/file: PERM\nls folder: PERM, 0 names\nwrite link: PERM\n"
                  "write folder/new: PERM\n"
                  "cat absolute: PERM\ncat proc: PERM\ncat round: PERM\ncat loop: LOOP\ncat good: SUCCESS\n  inside\n"
                  "write dangling: PERM\ntruncate link: PERM\ntouch link: PERM\nstat link: PERM\n"
                  "readlink link: SUCCESS\n  ../secret/file\nreadlink absolute: PERM\nunlink folder/file: PERM\n"
                  "mkdir folder/new: PERM\nrename folder/file x: PERM\nlink folder/file x: PERM\n");
    check_secret();
}

TEST(links_of_the_guest_lead_nowhere_outside) {
    WTS_SCOPED(wasi) wasi =
        new_world(WTS_WASI_READ_WRITE, "symlink=../secret/file,out", "cat=out", "write=out", "symlink=..,up",
                  "cat=up/secret/file",
                  "symlink=in,down", "cat=down/file", "symlink=../..,in/far", "cat=in/far/secret/file",
                          "rename=in/far,far", "cat=far/file",
                  "link=out,hard", "cat=hard");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "symlink ../secret/file out: SUCCESS\ncat out: PERM\nwrite out: PERM\nsymlink .. up: SUCCESS\n"
                  "cat up/secret/file: PERM\nsymlink in down: SUCCESS\ncat down/file: SUCCESS\n  inside\n"
                  "symlink ../.. in/far: SUCCESS\ncat in/far/secret/file: PERM\nrename in/far far: SUCCESS\n"
                  "cat far/file: PERM\nlink out hard: SUCCESS\ncat hard: PERM\n");
    check_secret();
}

TEST(links_that_guests_put_in_the_way_lead_nowhere) {
    /* One guest writes to the folder in which another one's folder and input are. */
    WTS_SCOPED(wasi) other = new_wasi_to_do("cat=file");
    CHECK_OK(wts_wasi_open_dir(other, WTS_CSTR(in_base("open/in")), WTS_STR("/"), WTS_WASI_READ_ONLY));
    WTS_SCOPED(wasi) reader = new_wasi_to_do("echo=");
    CHECK_OK(wts_wasi_stdin_file(reader, WTS_CSTR(in_base("open/in/file"))));
    WTS_SCOPED(wasi) wasi = new_world(WTS_WASI_READ_WRITE, "rename=in,gone", "symlink=../secret,in");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "rename in gone: SUCCESS\nsymlink ../secret in: SUCCESS\n");
    WTS_SCOPED(store) store = new_store();
    CHECK_ERROR(wts_store_set_wasi(store, other), WTS_ERR_IO, "open/in", "a link was put there", "secret");
    CHECK_ERROR(wts_store_set_wasi(store, reader), WTS_ERR_IO, "open/in/file", "a link was put there", "secret");
    /* Another folder in its place is the same place. */
    WTS_SCOPED(wasi) back = new_world(WTS_WASI_READ_WRITE, "unlink=in", "rename=gone,in");
    CHECK_OK(run_guest(back));
    CHECK_OK(run_guest(other));
    CHECK_PRINTED(other, "cat file: SUCCESS\n  inside\n");
    CHECK_OK(run_guest(reader));
    CHECK_PRINTED(reader, "inside");
}

TEST(links_of_the_host_are_followed_once) {
    CHECK(symlink("open/in", in_base("link")) == 0);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("cat=file", "echo=");
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(in_base("link")), WTS_STR("/"), WTS_WASI_READ_ONLY));
    CHECK_OK(wts_wasi_stdin_file(wasi, WTS_CSTR(in_base("link/file"))));
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "cat file: SUCCESS\n  inside\ninside");
    CHECK(unlink(in_base("link")) == 0 && symlink("secret", in_base("link")) == 0);
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "cat file: SUCCESS\n  inside\ninside");
    CHECK(unlink(in_base("link")) == 0);
}

TEST(a_folder_for_reading_is_not_written) {
    WTS_SCOPED(wasi) wasi =
        new_world(WTS_WASI_READ_ONLY, "cat=file", "write=file", "write=new", "truncate=file", "mkdir=new", "rmdir=in",
                  "unlink=file",
                  "touch=file", "rename=file,other", "link=file,other", "symlink=file,other", "ls=.", "stat=file",
                          "cat=file");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "cat file: SUCCESS\n  mine\nwrite file: PERM\nwrite new: PERM\ntruncate file: PERM\nmkdir new: PERM\n"
                  "rmdir in: PERM\nunlink file: PERM\ntouch file: PERM\nrename file other: PERM\n"
                  "link file other: PERM\n"
                  "symlink file other: PERM\nls .: SUCCESS, 4 names\nstat file: SUCCESS\ncat file: SUCCESS\n  mine\n");
    CHECK_EQ(folder_size(in_base("open")), 10);
}

TEST(without_a_folder_there_is_none) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("open=.", "cat=/etc/passwd", "mkdir=x", "ls=.");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "open .: BADF\ncat /etc/passwd: BADF\nmkdir x: BADF\nls .: BADF, 0 names\n");
}

TEST(the_environment_of_the_host_is_its_own) {
    CHECK(setenv("WTS_SECRET", "x", 1) == 0);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("env=WTS_SECRET", "env=PATH", "env=HOME", "environ=");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "env WTS_SECRET: none\nenv PATH: none\nenv HOME: none\nenviron: 0\n");
    CHECK(unsetenv("WTS_SECRET") == 0);
}

TEST(there_are_no_sockets) {
    WTS_SCOPED(wasi) wasi = new_world(WTS_WASI_READ_WRITE, "socket=");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "socket 0: NOTSOCK NOTSOCK NOTSOCK NOTSOCK\nsocket 1: NOTSOCK NOTSOCK NOTSOCK NOTSOCK\n"
                  "socket 2: NOTSOCK NOTSOCK NOTSOCK NOTSOCK\nsocket 3: NOTSOCK NOTSOCK NOTSOCK NOTSOCK\n"
                  "socket 4: BADF BADF BADF BADF\n");
}

TEST(endless_output_comes_to_an_end) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("fill=", "say=no room", "warn=goes on");
    CHECK_OK(wts_wasi_output_buffer(wasi, WTS_WASI_STDOUT, 100500));
    CHECK_OK(run_guest_for(wasi, 60000));
    CHECK_WRITTEN(wasi, WTS_WASI_STDERR, "fill: NOSPC after 100000\ngoes on\n");
    WTS_SCOPED(buffer) buffer = 0;
    size_t len = 0;
    CHECK_OK(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 1, &buffer));
    CHECK_OK(wts_buffer_copy(buffer, NULL, 0, &len));
    CHECK_EQ(len, 100500);
    /* Whoever takes makes room. */
    WTS_SCOPED(wasi) again = new_wasi_to_do("say=12345");
    CHECK_OK(wts_wasi_output_buffer(again, WTS_WASI_STDOUT, 6));
    for (int i = 0; i < 3; i++) {
        CHECK_OK(run_guest(again));
        CHECK_PRINTED(again, "12345\n");
    }
    WTS_SCOPED(wasi) nothing = new_wasi_to_do("fill=");
    CHECK_OK(wts_wasi_output_buffer(nothing, WTS_WASI_STDOUT, 0));
    CHECK_OK(run_guest(nothing));
    CHECK_WRITTEN(nothing, WTS_WASI_STDERR, "fill: NOSPC after 0\n");
}

TEST(endless_calls_end_in_time) {
    static const char *const verbs[] = {"forever=random", "forever=clock", "forever=yield", "forever=stat",
            "forever=write"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        WTS_SCOPED(wasi) wasi = new_world(WTS_WASI_READ_WRITE, verbs[i]);
        const int64_t begin = milliseconds();
        CHECK_STATUS(run_guest_for(wasi, 50), WTS_ERR_TIMEOUT);
        const int64_t took = milliseconds() - begin;
        CHECK(took >= 50 && took < 2050);
    }
}

TEST(folders_may_be_deep) {
    WTS_SCOPED(wasi) wasi = new_world(WTS_WASI_READ_WRITE, "deep=300", "cat=file");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "deep 300: SUCCESS after 300\ndown and up: PERM\ncat file: SUCCESS\n  mine\n");
    check_secret();
}

TEST(names_that_are_not_unicode_are_refused) {
    /* The guest's own are, and of the host's it sees the others. */
    CHECK(close(open(in_base("open/\xff"), O_CREAT | O_WRONLY, 0644)) == 0);
    WTS_SCOPED(wasi) wasi = new_world(WTS_WASI_READ_WRITE, "names=", "ls=in", "ls=.", "cat=file");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "name 0: ILSEQ ILSEQ ILSEQ ILSEQ\nname 1: ILSEQ ILSEQ ILSEQ ILSEQ\nname 2: ILSEQ ILSEQ ILSEQ ILSEQ\n"
                  "name 3: ILSEQ ILSEQ ILSEQ ILSEQ\nls in: SUCCESS, 3 names\nls .: ILSEQ, 0 names\n"
                  "cat file: SUCCESS\n  mine\n");
}

TEST(one_store_does_not_see_the_files_of_another) {
    WTS_SCOPED(wasi) first = new_world(WTS_WASI_READ_WRITE, "cat=file");
    WTS_SCOPED(wasi) second = new_wasi_to_do("cat=file");
    CHECK_OK(wts_wasi_open_dir(second, WTS_CSTR(in_base("open/in")), WTS_STR("/"), WTS_WASI_READ_WRITE));
    WTS_SCOPED(store) one = new_wasi_store(first);
    WTS_SCOPED(store) other = new_wasi_store(second);
    CHECK_OK(wts_linker_run_command(wasi_linker, one, wasi_guest));
    CHECK_OK(wts_linker_run_command(wasi_linker, other, wasi_guest));
    CHECK_PRINTED(first, "cat file: SUCCESS\n  mine\n");
    CHECK_PRINTED(second, "cat file: SUCCESS\n  inside\n");
}

#define RUN_IN_WORLD(name)                                                                         \
    if (test_wanted(argc, argv, #name)) {                                                          \
        make_world();                                                                              \
        test_run(#name, name);                                                                     \
        remove_folder(base);                                                                       \
    }

int main(int argc, char **argv) {
    begin_wasi();
    RUN_IN_WORLD(paths_that_lead_out_are_refused)
    RUN_IN_WORLD(absolute_paths_are_refused)
    RUN_IN_WORLD(links_of_the_host_lead_nowhere_outside)
    RUN_IN_WORLD(links_of_the_guest_lead_nowhere_outside)
    RUN_IN_WORLD(links_that_guests_put_in_the_way_lead_nowhere)
    RUN_IN_WORLD(links_of_the_host_are_followed_once)
    RUN_IN_WORLD(a_folder_for_reading_is_not_written)
    RUN_IN_WORLD(without_a_folder_there_is_none)
    RUN_IN_WORLD(the_environment_of_the_host_is_its_own)
    RUN_IN_WORLD(there_are_no_sockets)
    RUN_IN_WORLD(endless_output_comes_to_an_end)
    RUN_IN_WORLD(endless_calls_end_in_time)
    RUN_IN_WORLD(folders_may_be_deep)
    RUN_IN_WORLD(names_that_are_not_unicode_are_refused)
    RUN_IN_WORLD(one_store_does_not_see_the_files_of_another)
    end_wasi();
    END;
}
