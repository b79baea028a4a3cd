/* The core module of the component inventory.wasm: what inventory.wit says, by the canonical ABI. */
#include "guest.h"

#define SHOP "example:inventory/shop@1.0.0"

typedef struct {
    bool is_some;
    text_t value;
} option_t;

/* As the record lies in memory: `price` is aligned to 8. */
typedef struct {
    text_t name;
    uint8_t category;
    double price;
    uint8_t tags;
    option_t note;
} item_t;

_Static_assert(sizeof(item_t) == 40 && offsetof(item_t, price) == 16 && offsetof(item_t, note) == 28, "layout of item");

typedef struct entry {
    struct entry *next;
    item_t item;
    uint32_t count;
} entry_t;

typedef struct {
    text_t owner;
    entry_t *first, **last;
    uint32_t count;
} basket_t;

IMPORT("$root", "log") void host_log(const uint8_t *line, uint32_t len);
IMPORT("[export]" SHOP, "[resource-new]basket") uint32_t basket_new(basket_t *rep);
IMPORT("[export]" SHOP, "[resource-drop]basket") void basket_drop(uint32_t handle);
IMPORT("[export]" SHOP, "[resource-rep]basket") basket_t *basket_rep(uint32_t handle);

static text_t copy(text_t text) {
    text_t made = {malloc(text.len + 1), text.len};
    if (made.data == NULL) __builtin_trap();
    memcpy(made.data, text.data, text.len);
    return made;
}

static void say(const char *word, text_t about) {
    uint8_t line[128];
    const uint32_t start = (uint32_t)strlen(word);
    const uint32_t len = about.len < sizeof line - start ? about.len : (uint32_t)sizeof line - start;
    memcpy(line, word, start);
    memcpy(line + start, about.data, len);
    host_log(line, start + len);
}

EXPORT(SHOP "#[constructor]basket") uint32_t basket_constructor(uint8_t *owner, uint32_t len) {
    basket_t *const basket = calloc(1, sizeof *basket);
    if (basket == NULL) __builtin_trap();
    basket->owner = (text_t){owner, len};
    basket->last = &basket->first;
    say("a basket for ", basket->owner);
    return basket_new(basket);
}

/* result<u32, problem>, by the alignment of the f64 in it. */
typedef struct {
    uint8_t is_err;
    union {
        uint32_t count;
        struct {
            uint8_t problem;
            double price;
        };
    };
} added_t;

_Static_assert(sizeof(added_t) == 24, "layout of result<u32, problem>");

EXPORT(SHOP "#[method]basket.add")
added_t *basket_add(basket_t *basket, uint8_t *name, uint32_t name_len, uint32_t category, double price, uint32_t tags,
                    uint32_t has_note, uint8_t *note, uint32_t note_len, uint32_t count) {
    static added_t answer;
    memset(&answer, 0, sizeof answer);
    answer.is_err = 1;
    if (name_len == 0) return &answer;
    if (!(price >= 0)) {
        answer.problem = 1;
        answer.price = price;
        return &answer;
    }
    entry_t *const entry = calloc(1, sizeof *entry);
    if (entry == NULL) __builtin_trap();
    const text_t no_note = {NULL, 0}, some_note = {note, note_len};
    const option_t noted = {has_note != 0, has_note ? some_note : no_note};
    const text_t named = {name, name_len};
    entry->item = (item_t){named, (uint8_t)category, price, (uint8_t)tags, noted};
    entry->count = count;
    *basket->last = entry;
    basket->last = &entry->next;
    basket->count += count;
    answer.is_err = 0;
    answer.count = basket->count;
    return &answer;
}

/* Whether a query finds an item. What a case holds comes in the bits of an i64 where the cases differ. */
static bool finds(const item_t *item, uint32_t query, int64_t first, uint32_t second) {
    double price;
    switch (query) {
    case 0: return true;
    case 1: return item->name.len == second && memcmp(item->name.data, (void *)(uintptr_t)first, second) == 0;
    default: memcpy(&price, &first, sizeof price); return item->price < price;
    }
}

typedef struct {
    item_t *data;
    uint32_t len;
} items_t;

EXPORT(SHOP "#[method]basket.find")
items_t *basket_find(basket_t *basket, uint32_t query, int64_t first, uint32_t second) {
    static items_t answer;
    uint32_t room = 0;
    for (const entry_t *entry = basket->first; entry != NULL; entry = entry->next) room++;
    answer = (items_t){calloc(room + 1, sizeof(item_t)), 0};
    if (answer.data == NULL) __builtin_trap();
    for (const entry_t *entry = basket->first; entry != NULL; entry = entry->next)
        if (finds(&entry->item, query, first, second)) answer.data[answer.len++] = entry->item;
    return &answer;
}

/* The host has read them. */
EXPORT("cabi_post_" SHOP "#[method]basket.find") void basket_found(items_t *answer) { free(answer->data); }

EXPORT(SHOP "#[method]basket.total") double basket_total(basket_t *basket) {
    double total = 0;
    for (const entry_t *entry = basket->first; entry != NULL; entry = entry->next)
        total += entry->item.price * entry->count;
    return total;
}

/* Runs when nobody owns the basket any more. */
EXPORT(SHOP "#[dtor]basket") void basket_dtor(basket_t *basket) {
    say("no basket for ", basket->owner);
    for (entry_t *entry = basket->first, *next; entry != NULL; entry = next) {
        next = entry->next;
        free(entry->item.name.data);
        free(entry->item.note.value.data);
        free(entry);
    }
    free(basket->owner.data);
    free(basket);
}

typedef struct {
    text_t owner;
    double total;
} bill_t;

EXPORT(SHOP "#check-out") bill_t *check_out(uint32_t handle) {
    static bill_t answer;
    basket_t *const basket = basket_rep(handle);
    answer = (bill_t){copy(basket->owner), basket_total(basket)};
    basket_drop(handle);
    return &answer;
}

EXPORT("cabi_post_" SHOP "#check-out") void checked_out(bill_t *answer) { free(answer->owner.data); }

typedef struct {
    uint8_t is_some;
    double value;
} average_t;

EXPORT("average") average_t *average(double *prices, uint32_t len) {
    static average_t answer;
    double sum = 0;
    for (uint32_t i = 0; i < len; i++) sum += prices[i];
    answer = (average_t){len > 0, len > 0 ? sum / len : 0};
    free(len > 0 ? prices : NULL);
    return &answer;
}

EXPORT("shout") text_t *shout(uint8_t *text, uint32_t len) {
    static text_t answer;
    for (uint32_t i = 0; i < len; i++)
        if (text[i] >= 'a' && text[i] <= 'z') text[i] = (uint8_t)(text[i] - 'a' + 'A');
    answer = (text_t){text, len};
    return &answer;
}

EXPORT("cabi_post_shout") void shouted(text_t *answer) { free(answer->len > 0 ? answer->data : NULL); }

EXPORT("is-even") uint32_t is_even(uint32_t number) { return number % 2 == 0; }
