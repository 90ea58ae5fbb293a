#!lua
-- One validator's vote in one round. Cast again it replaces the one before; both stay in the log.
-- The last one that was missing decides the round.
-- KEYS: 1 the round, 2 events, 3 deadlines
-- ARGV: 1 prefix, 2 actor, 3 key, 4 validator, 5 epoch and 6 instance of the validator, '' where it
--       does not live in the voting process, 7 confidence in millionths, 8 issues, JSON array,
--       9 recommendations, JSON array
-- Answers: OK, 'cast' | 'replaced' | 'same', outcome JSON or '' | UNKNOWN | NOT_ASKED | DECIDED, outcome
--          | what the fence answers
-- Events: consensus.vote_cast or consensus.vote_replaced; consensus.decided; consensus.expired when the
--         deadline had passed
--- @include "includes/fence"
--- @include "includes/touch"
--- @include "includes/decide"
local round, key, validator = KEYS[1], ARGV[3], ARGV[4]

if ARGV[5] ~= '' then
  local refusal = fence(validator, ARGV[5], ARGV[6], 'vote')
  -- Where Redis lost the record nobody else holds the id; the living register again by themselves.
  if refusal and refusal[1] ~= 'LOST' then return refusal end
end
local validators = redis.call('HGET', round, 'validators')
if not validators then return { 'UNKNOWN' } end

local asked = false
for _, it in ipairs(cjson.decode(validators)) do asked = asked or it == validator end
if not asked then return { 'NOT_ASKED' } end

local body = '"c":' .. ARGV[7] .. ',"issues":' .. ARGV[8] .. ',"recommendations":' .. ARGV[9]
local before = redis.call('HGET', round, 'v:' .. validator)
-- The same again, perhaps since the answer was lost: nothing new, whatever was decided since.
if before and string.sub(before, 2, #body + 1) == body then
  return { 'OK', 'same', decide_if_ripe(key) or '' }
end
local outcome = redis.call('HGET', round, 'outcome')
if not outcome and NOW >= tonumber(redis.call('HGET', round, 'deadline')) then outcome = decide_if_ripe(key) end
if outcome then return { 'DECIDED', outcome } end

local old = before and cjson.decode(before) or nil
local ev = emit(old and 'consensus.vote_replaced' or 'consensus.vote_cast', 'consensus:' .. key,
  '{"key":"' .. key .. '","validatorId":"' .. validator .. '","confidence":' .. fraction(tonumber(ARGV[7]))
  .. ',"issues":' .. ARGV[8] .. ',"recommendations":' .. ARGV[9]
  .. (old and ',"previous":' .. fraction(old.c) or '') .. '}')
redis.call('HSET', round, 'v:' .. validator, '{' .. body .. ',"at":' .. int(NOW)
  .. ',"replaced":' .. int(old and old.replaced + 1 or 0) .. '}', 'ev', ev)
touch(validator, ev, old and 'consensus.vote_replaced' or 'consensus.vote_cast')
return { 'OK', old and 'replaced' or 'cast', decide_if_ripe(key) or '' }
