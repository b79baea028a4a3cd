;; What every peer runs. The host function is (i32, i32) -> i32 and adds.
(module
  (import "env" "add" (func $host (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\2a")

  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))

  (func (export "mixed") (param i32 i64 f32 f64 i32 i64 f32 f64) (result i64 f64)
    (i64.add (i64.add (i64.extend_i32_s (local.get 0)) (local.get 1))
             (i64.add (i64.extend_i32_s (local.get 4)) (local.get 5)))
    (f64.add (f64.add (f64.promote_f32 (local.get 2)) (local.get 3))
             (f64.add (f64.promote_f32 (local.get 6)) (local.get 7))))

  ;; Calls the host n times.
  (func (export "loop") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (call $host (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
