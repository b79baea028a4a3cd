// Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

public final class Hello {
    static final int I32 = 0x7F;
    static final NativeLibrary LIBRARY = NativeLibrary.getInstance(System.getenv("WASMTIME_SHIM_LIB"));

    // JNA takes functions of an interface as callbacks.
    public interface HostFunction extends Callback {
        int call(Pointer env, long caller, Pointer args, long nargs, Pointer results, long nresults);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // Calls a function of the library; a text goes as pointer and length.
    static int status(String name, Object... given) {
        var args = new java.util.ArrayList<Object>();
        for (Object each : given) {
            if (each instanceof String text) {
                args.add(bytes(text));
                args.add((long) bytes(text).length);
            } else {
                args.add(each);
            }
        }
        return LIBRARY.getFunction("wts_" + name).invokeInt(args.toArray());
    }

    static void attempt(String name, Object... given) {
        int status = status(name, given);
        if (status < 0) throw new IllegalStateException(text("status_name", status) + ": " + text("error_message", 0L));
    }

    static long out(String name, Object... given) {
        long[] out = new long[1];
        Object[] args = java.util.Arrays.copyOf(given, given.length + 1);
        args[given.length] = out;
        attempt(name, args);
        return out[0];
    }

    static String text(String getter, Object of) {
        byte[] buffer = new byte[4096];
        long[] size = new long[1];
        status(getter, of, buffer, 4096L, size);
        return new String(buffer, 0, (int) size[0], StandardCharsets.UTF_8);
    }

    static int log(Pointer env, long caller, Pointer args, long nargs, Pointer results, long nresults) {
        try {
            long memory = out("caller_get_export", caller, "memory");
            byte[] text = new byte[(int) args.getLong(8)];
            attempt("memory_read", memory, args.getLong(0), text, (long) text.length);
            System.out.println(new String(text, StandardCharsets.UTF_8));
            return 0;
        } catch (RuntimeException error) { // must not pass through the library
            status("caller_set_trap", caller, 0, error.toString());
            return -1;
        }
    }

    static long call(long func, long... args) {
        long[] result = new long[1];
        attempt("func_call", func, args, (long) args.length, result, 1L);
        return result[0];
    }

    public static void main(String[] arguments) throws Exception {
        HostFunction log = Hello::log; // held here: JNA's callbacks are garbage-collected
        long engine = out("engine_new", 0L);
        long store = out("store_new", engine, 0L);
        long linker = out("linker_new", engine);
        int[] kinds = {I32, I32};
        attempt("linker_define_func", linker, "host", "log", kinds, 2L, null, 0L, log, null, null);
        long module = out("module_new", engine, Files.readString(Path.of("examples/guest.wat")));
        long instance = out("linker_instantiate", linker, store, module);
        long greet = out("instance_get_export", instance, "greet");
        long add = out("instance_get_export", instance, "add");
        long divide = out("instance_get_export", instance, "divide");
        long memory = out("instance_get_export", instance, "memory");

        attempt("func_call", greet, null, 0L, null, 0L);
        System.out.println("40 + 2 = " + call(add, 40, 2));
        attempt("memory_write", memory, 16L, "HELLO");
        attempt("func_call", greet, null, 0L, null, 0L);
        try {
            call(divide, 1, 0);
        } catch (IllegalStateException error) {
            System.out.println(error.getMessage());
        }
        long[] rows = new long[2000];
        long[] sums = new long[1000];
        for (int row = 0; row < 1000; row++) {
            rows[2 * row] = row;
            rows[2 * row + 1] = 2;
        }
        long done = out("func_call_batch", add, 1000L, rows, 2000L, sums, 1000L);
        System.out.println(done + " rows, the last is " + sums[999]);

        attempt("module_delete", module);
        attempt("linker_delete", linker);
        attempt("store_delete", store);
        attempt("engine_delete", engine);
        System.out.println(out("handle_live_count", 0) + " handles are left");
    }
}
