/* A program that works with SQLite: it opens a database file, makes a table of so many rows, and asks for their sum. The
 * same source is compiled for WASI and for this machine.
 *
 *     sqlite_program FILE ROWS
 *
 * It prints how many rows there are, their sum, and how long it took to insert and to sum them up. */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static sqlite3 *database;

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, database ? sqlite3_errmsg(database) : "out of memory");
    exit(1);
}

static void run(const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

/* The work of a real program: many rows in one transaction, by one statement. */
static void insert(int rows) {
    sqlite3_stmt *statement = NULL;
    char name[32];
    run("BEGIN");
    if (sqlite3_prepare_v2(database, "INSERT INTO items (number, name) VALUES (?, ?)", -1, &statement,
        NULL) != SQLITE_OK)
        fail("INSERT");
    for (int row = 1; row <= rows; row++) {
        const int length = snprintf(name, sizeof name, "item number %d", row);
        sqlite3_bind_int64(statement, 1, (int64_t)row * 7);
        sqlite3_bind_text(statement, 2, name, length, SQLITE_STATIC);
        if (sqlite3_step(statement) != SQLITE_DONE || sqlite3_reset(statement) != SQLITE_OK) fail("INSERT");
    }
    sqlite3_finalize(statement);
    run("COMMIT");
}

int main(int argc, char **argv) {
    if (argc != 3 || atoi(argv[2]) <= 0) {
        fprintf(stderr, "usage: %s FILE ROWS\n", argv[0]);
        return 2;
    }
    const int rows = atoi(argv[2]);
    sqlite3_stmt *sums = NULL;
    if (sqlite3_open(argv[1], &database) != SQLITE_OK) fail(argv[1]);
    run("DROP TABLE IF EXISTS items");
    run("CREATE TABLE items (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL)");
    const int64_t begin = now_ns();
    insert(rows);
    const int64_t inserted = now_ns();
    if (sqlite3_prepare_v2(database, "SELECT count(*), sum(number), sum(length(name)) FROM items", -1, &sums,
        NULL) != SQLITE_OK ||
        sqlite3_step(sums) != SQLITE_ROW)
        fail("SELECT");
    const int64_t summed = now_ns();
    printf("rows %lld\nsum %lld\nletters %lld\n", (long long)sqlite3_column_int64(sums, 0),
           (long long)sqlite3_column_int64(sums, 1), (long long)sqlite3_column_int64(sums, 2));
    printf("insert_ns %lld\nsum_ns %lld\n", (long long)(inserted - begin), (long long)(summed - inserted));
    sqlite3_finalize(sums);
    if (sqlite3_close(database) != SQLITE_OK) fail("close");
    return 0;
}
