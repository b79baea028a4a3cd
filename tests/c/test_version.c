#include "test.h"

TEST(number_is_the_text) {
    const uint32_t number = wts_version_number();
    char expected[64];
    snprintf(expected, sizeof expected, "wasmtime-shim %u.%u.%u (wasmtime 48.0.8)", number >> 16,
             number >> 8 & 0xff, number & 0xff);
    CHECK_TEXT(wts_version_text(TEXT), expected);
}

TEST(wasmtime_is_48_0_8) { CHECK_EQ(wts_version_wasmtime(), 48 << 16 | 0 << 8 | 8); }

TEST(text_is_copied_out_by_the_rule) {
    size_t need = 0, len = 0;
    CHECK_OK(wts_version_text(NULL, 0, &need));
    CHECK(need > 20);
    CHECK_STATUS(wts_version_text(test_text, 1, &len), WTS_ERR_BUFFER);
    CHECK_EQ(len, need);
    CHECK_STATUS(wts_version_text(NULL, need, &len), WTS_ERR_NULL);
    CHECK_STATUS(wts_version_text(test_text, sizeof test_text, NULL), WTS_ERR_NULL);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(number_is_the_text);
    RUN(wasmtime_is_48_0_8);
    RUN(text_is_copied_out_by_the_rule);
    END;
}
