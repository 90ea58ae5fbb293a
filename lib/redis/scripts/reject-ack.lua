#!lua flags=allow-oom
--- @include "includes/emit"
--- @include "includes/signal-record"
-- Records that a waiter refused an ACK. The true one may still come, and then replaces it.
--
-- KEYS[1] the record of the signal
-- ARGV[3] signal id   ARGV[4] target   ARGV[5] verdict
-- ARGV[6] what tells this ACK from others: each is recorded once, whoever else refuses it
-- Answers { 'OK', '1' when it was recorded now }.
-- Events: ack.rejected.
local signal_id, target, key = ARGV[3], ARGV[4], KEYS[1]
local it = get_target(key, target)
if it then
  if redis.call('HGET', key, 'x:' .. target) == ARGV[6] then return { 'OK', '0' } end
end
local ev = emit('ack.rejected', 'signal:' .. signal_id,
  { signalId = signal_id, coordinatorId = target, verdict = ARGV[5], by = ARGV[2] })
if it then
  it.rejected = (it.rejected or 0) + 1
  it.verdict = ARGV[5]
  redis.call('HSET', key, 't:' .. target, target_json(it), 'x:' .. target, ARGV[6], 'ev', ev)
end
return { 'OK', '1' }
