#!lua
-- Opens a round of votes. One that is there already stays as it is, if it is the same.
-- KEYS: 1 the round, 2 events, 3 deadlines, 4 index of rounds
-- ARGV: 1 prefix, 2 actor, 3 key, 4 swarm, 5 loop, 6 run, 7 iteration, 8 threshold in millionths,
--       9 policy, 10 quorum, 11 time until its deadline, ms, 12 last iteration, 13… validators
-- Answers: OK, opened '1' | '0' where it was there | CONFLICT where it was there and differs
--          | FULL, how many are kept, where none of the old can go
-- Events: consensus.opened
--- @include "includes/emit"
--- @include "includes/consensus-record"
local MAX_ROUNDS = 10000
local key, round = ARGV[3], KEYS[1]
local validators = {}
for i = 13, #ARGV do validators[#validators + 1] = ARGV[i] end
local validators_json = json_texts(validators)

if redis.call('EXISTS', round) == 1 then
  local it = redis.call('HMGET', round, 'threshold', 'policy', 'quorum', 'last', 'validators')
  local same = it[1] == ARGV[8] and it[2] == ARGV[9] and it[3] == ARGV[10] and it[4] == ARGV[12]
    and it[5] == validators_json
  return same and { 'OK', '0' } or { 'CONFLICT' }
end

-- Of the decided ones the oldest make room; what is open is never dropped.
local over = redis.call('ZCARD', KEYS[4]) - MAX_ROUNDS + 1
if over > 0 then
  for _, old in ipairs(redis.call('ZRANGE', KEYS[4], 0, over + 20)) do
    local state = redis.call('HMGET', k_consensus(old), 'ev', 'outcome')
    if not state[1] or state[2] then
      redis.call('DEL', k_consensus(old))
      redis.call('ZREM', KEYS[4], old)
    end
  end
  if redis.call('ZCARD', KEYS[4]) >= MAX_ROUNDS + 1000 then return { 'FULL', int(MAX_ROUNDS) } end
end

local deadline = NOW + tonumber(ARGV[11])
local ev = emit('consensus.opened', 'consensus:' .. key, '{"key":"' .. key .. '","swarmId":"' .. ARGV[4]
  .. '","loop":' .. ARGV[5] .. ',"runId":"' .. ARGV[6] .. '","iteration":' .. ARGV[7]
  .. ',"threshold":' .. fraction(tonumber(ARGV[8])) .. ',"policy":"' .. ARGV[9]
  .. '","validators":' .. validators_json .. ',"quorum":' .. ARGV[10]
  .. ',"deadline":' .. int(deadline) .. '}')
redis.call('HSET', round, 'swarm', ARGV[4], 'loop', ARGV[5], 'run', ARGV[6], 'iteration', ARGV[7],
  'threshold', ARGV[8], 'policy', ARGV[9], 'quorum', ARGV[10], 'last', ARGV[12],
  'validators', validators_json, 'openedAt', int(NOW), 'deadline', int(deadline), 'ev', ev)
redis.call('ZADD', KEYS[4], int(NOW), key)
due('consensus', key, deadline)
-- Records go by their expiry, which tells no index.
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', int(NOW - 2 * ROUND_KEPT * 1000))
return { 'OK', '1' }
