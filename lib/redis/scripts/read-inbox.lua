#!lua flags=no-writes,allow-stale
--- @include "includes/keys"
-- Reads what is pending in an inbox, the oldest first, and leaves it in place.
--
-- KEYS[1] the inbox
-- ARGV[3] how many at most   ARGV[4] only those after this entry, or ''
-- Answers { 'OK', entry id, signal id, target, signal, entry id, … }, the signals as JSON, '' where the
-- record was lost.
local after = ARGV[4] == '' and '-' or '(' .. ARGV[4]
local answer = { 'OK' }
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], after, '+', 'COUNT', ARGV[3])) do
  local signal = redis.call('HGET', k_record(entry[2][2]), 'signal')
  answer[#answer + 1] = entry[1]
  answer[#answer + 1] = entry[2][2]
  answer[#answer + 1] = entry[2][4]
  answer[#answer + 1] = signal or ''
end
return answer
