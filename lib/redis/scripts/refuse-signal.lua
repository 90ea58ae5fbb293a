#!lua flags=allow-oom
--- @include "includes/emit"
-- Notes in the log that a signal was not accepted because Redis is full: the script that sends it is
-- refused as a whole then, and can't say so itself.
--
-- KEYS[1] the log
-- ARGV[3] source   ARGV[4] type   ARGV[5] target
-- Events: signal.refused.
emit('signal.refused', 'coordinator:' .. ARGV[5],
  { source = ARGV[3], type = ARGV[4], target = ARGV[5], reason = 'memory_full' })
return { 'OK' }
