// Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
package main

// #include <wasmtime_shim.h>
//
// int32_t hostLog(void *env, wts_caller_t caller, int64_t *args, size_t nargs, int64_t *results, size_t nresults);
import "C"

import (
	"errors"
	"fmt"
	"os"
	"unsafe"
)

// chars points to a text, which the library reads only while it is called.
func chars(text string) *C.char {
	return (*C.char)(unsafe.Pointer(bytes([]byte(text))))
}

func bytes(slice []byte) *C.uint8_t {
	if len(slice) == 0 {
		return nil
	}
	return (*C.uint8_t)(unsafe.Pointer(&slice[0]))
}

func failure(status C.wts_status_t) error {
	var name, message [4096]byte
	var nameLen, messageLen C.size_t
	C.wts_status_name(status, (*C.char)(unsafe.Pointer(&name[0])), 4096, &nameLen)
	C.wts_error_message(0, (*C.char)(unsafe.Pointer(&message[0])), 4096, &messageLen)
	return errors.New(string(name[:nameLen]) + ": " + string(message[:messageLen]))
}

func attempt(status C.wts_status_t) {
	if status < 0 {
		panic(failure(status))
	}
}

func call(function C.wts_func_t, a, b C.int64_t) (result C.int64_t, err error) {
	args := [2]C.int64_t{a, b}
	if status := C.wts_func_call(function, &args[0], 2, &result, 1); status < 0 {
		return 0, failure(status)
	}
	return result, nil
}

// A panic must not pass through the library.
//
//export hostLog
func hostLog(
	env unsafe.Pointer, caller C.wts_caller_t, args *C.int64_t, nargs C.size_t, results *C.int64_t, nresults C.size_t,
) (status C.int32_t) {
	defer func() {
		if failure := recover(); failure != nil {
			message := fmt.Sprint(failure)
			C.wts_caller_set_trap(caller, C.WTS_TRAP_NONE, chars(message), C.size_t(len(message)))
			status = -1
		}
	}()
	slots := unsafe.Slice(args, nargs)
	var memory C.uint64_t
	attempt(C.wts_caller_get_export(caller, chars("memory"), 6, &memory))
	text := make([]byte, slots[1])
	attempt(C.wts_memory_read(memory, C.uint64_t(slots[0]), bytes(text), C.size_t(len(text))))
	fmt.Println(string(text))
	return 0
}

func main() {
	guest, err := os.ReadFile("examples/guest.wat")
	if err != nil {
		panic(err)
	}
	var engine C.wts_engine_t
	var store C.wts_store_t
	var linker C.wts_linker_t
	var module C.wts_module_t
	var instance C.wts_instance_t
	kinds := [2]C.int32_t{C.WTS_I32, C.WTS_I32}
	attempt(C.wts_engine_new(0, &engine))
	attempt(C.wts_store_new(engine, 0, &store))
	attempt(C.wts_linker_new(engine, &linker))
	log := C.wts_callback_t(C.hostLog)
	attempt(C.wts_linker_define_func(linker, chars("host"), 4, chars("log"), 3, &kinds[0], 2, nil, 0, log, nil, nil))
	attempt(C.wts_module_new(engine, bytes(guest), C.size_t(len(guest)), &module))
	attempt(C.wts_linker_instantiate(linker, store, module, &instance))
	var items [4]C.uint64_t
	for i, name := range []string{"greet", "add", "divide", "memory"} {
		attempt(C.wts_instance_get_export(instance, chars(name), C.size_t(len(name)), &items[i]))
	}
	greet, add, divide, memory := items[0], items[1], items[2], items[3]

	attempt(C.wts_func_call(greet, nil, 0, nil, 0))
	sum, err := call(add, 40, 2)
	if err != nil {
		panic(err)
	}
	fmt.Println("40 + 2 =", sum)
	attempt(C.wts_memory_write(memory, 16, bytes([]byte("HELLO")), 5))
	attempt(C.wts_func_call(greet, nil, 0, nil, 0))
	if _, err := call(divide, 1, 0); err != nil {
		fmt.Println(err)
	}
	var rows [2000]C.int64_t
	var sums [1000]C.int64_t
	var done C.size_t
	for row := range sums {
		rows[2*row], rows[2*row+1] = C.int64_t(row), 2
	}
	attempt(C.wts_func_call_batch(add, 1000, &rows[0], 2000, &sums[0], 1000, &done))
	fmt.Printf("%d rows, the last is %d\n", done, sums[999])

	attempt(C.wts_module_delete(module))
	attempt(C.wts_linker_delete(linker))
	attempt(C.wts_store_delete(store))
	attempt(C.wts_engine_delete(engine))
	var count C.uint64_t
	attempt(C.wts_handle_live_count(C.WTS_KIND_NONE, &count))
	fmt.Println(count, "handles are left")
}
