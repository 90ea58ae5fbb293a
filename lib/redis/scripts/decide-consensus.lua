#!lua
-- The word of a round's owner, or of an operator in the owner's place.
-- KEYS: 1 the round, 2 events, 3 deadlines
-- ARGV: 1 prefix, 2 actor: who decides, 3 key, 4 decision, 5 epoch and 6 instance of the owner, '' where
--       it does not live in the deciding process, 7 issues, JSON array, 8 recommendations, JSON array
-- Answers: OK, outcome JSON | UNKNOWN | NOT_ASKED who is neither its owner nor an operator
--          | POLICY, policy: its votes decide | DECIDED, outcome | what the fence answers
-- Events: consensus.decided; consensus.expired when the deadline had passed
--- @include "includes/fence"
--- @include "includes/touch"
--- @include "includes/decide"
local round, key, actor = KEYS[1], ARGV[3], ARGV[2]

if ARGV[5] ~= '' then
  local refusal = fence(actor, ARGV[5], ARGV[6], 'decide')
  -- Where Redis lost the record nobody else holds the id; the living register again by themselves.
  if refusal and refusal[1] ~= 'LOST' then return refusal end
end
local it = redis.call('HMGET', round, 'validators', 'policy')
if not it[1] then return { 'UNKNOWN' } end
if it[2] ~= 'owner' then return { 'POLICY', it[2] } end
local validators = cjson.decode(it[1])
local owner = string.sub(actor, 1, 9) == 'operator:'
for _, id in ipairs(validators) do owner = owner or id == actor end
if not owner then return { 'NOT_ASKED' } end

local outcome = decide_if_ripe(key)
if outcome then
  local decided = cjson.decode(outcome)
  -- The same word of the same one again, perhaps since the answer was lost.
  if decided.by == actor and decided.decision == ARGV[4] then return { 'OK', outcome } end
  return { 'DECIDED', outcome }
end
-- Who decides is not missing, though there is no vote of theirs.
local others = {}
for _, id in ipairs(validators) do
  if id ~= actor or redis.call('HEXISTS', round, 'v:' .. id) == 1 then others[#others + 1] = id end
end
local votes = tally(round, others)
merge(votes.issues, votes.seen_i, cjson.decode(ARGV[7]))
merge(votes.recommendations, votes.seen_r, cjson.decode(ARGV[8]))
outcome = settle_round(key, ARGV[4], votes, actor)
touch(actor, redis.call('HGET', round, 'ev'), 'consensus.decided')
return { 'OK', outcome }
