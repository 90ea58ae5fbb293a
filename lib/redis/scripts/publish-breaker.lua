#!lua flags=allow-oom
-- What a breaker's owner has to tell of it: its state, and every change since it was told last, each with
-- how long ago it was, since it may not have been possible to tell it then.
-- KEYS: 1 breaker, 2 events, 3 breakers, 4 the owner's coordinator
-- ARGV: 1 prefix, 2 actor, 3 owner, 4 epoch (empty: the owner is no coordinator), 5 instance, 6 name,
--       7 publisher, a random id of this breaker in this process, 8 how many changes came before those in
--       9, 9 changes: [{state, ageMs}], oldest first, 10 state, 11 consecutive failures,
--       12 ms until a probe (empty: none), 13 last error as JSON text (empty: none), 14 calls and
--       15 failed ones since the last publication, 16 the time of the wish that was obeyed (empty: none)
-- Answers: OK, a wish of an operator that is not obeyed yet, as JSON text (empty: none)
--          | LOST | FENCED, epoch, count
-- Events: breaker.opened, breaker.half_opened, breaker.closed
--- @include "includes/fence"
local owner, name = ARGV[3], ARGV[6]
if ARGV[4] ~= '' then
  local refused = fence(owner, ARGV[4], ARGV[5], 'publishBreaker')
  if refused then return refused end
end
local KEPT = 20
local stored = redis.call('HMGET', KEYS[1], 'publisher', 'told', 'transitions', 'forced', 'view')

-- A publication whose answer was lost is told again: what is known of it is passed over.
local before = tonumber(ARGV[8])
local told = stored[1] == ARGV[7] and tonumber(stored[2]) or 0
local history = stored[3] and cjson.decode(stored[3]) or {}
local last = #history > 0 and history[#history].at or 0
local fresh = {}
for place, change in ipairs(cjson.decode(ARGV[9])) do
  before = before + 1
  if before > told then
    -- Two changes never share a time, so that whoever folds them can tell them apart.
    last = math.max(NOW - change.ageMs, last + 1)
    fresh[#fresh + 1] = { state = change.state, at = last }
    history[#history + 1] = fresh[#fresh]
  end
end
while #history > KEPT do table.remove(history, 1) end

local TYPES = { closed = 'breaker.closed', open = 'breaker.opened', ['half-open'] = 'breaker.half_opened' }
local function publication(state, since, changes)
  return {
    owner = owner,
    name = name,
    state = state,
    since = since,
    failures = tonumber(ARGV[11]),
    lastError = ARGV[13] ~= '' and cjson.decode(ARGV[13]) or nil,
    calls = 0,
    failed = 0,
    transitions = changes,
  }
end

-- An opening that is over already is told apart, so that the log shows it; the rest in one event.
local rest = fresh
for place, change in ipairs(fresh) do
  if change.state == 'open' and place < #fresh then
    local opening = {}
    rest = {}
    for i, it in ipairs(fresh) do table.insert(i <= place and opening or rest, it) end
    emit('breaker.opened', 'breaker:' .. owner .. ':' .. name, publication('open', change.at, opening))
    break
  end
end
local now = publication(ARGV[10], #history > 0 and history[#history].at or NOW, rest)
now.calls, now.failed = tonumber(ARGV[14]), tonumber(ARGV[15])
-- Of the first publication nobody knows since when it counts: the breaker was made before.
if stored[1] == ARGV[7] and stored[5] then now.countedFrom = cjson.decode(stored[5]).publishedAt end
if ARGV[12] ~= '' then now.retryAt = NOW + tonumber(ARGV[12]) end

local wish = stored[4] and cjson.decode(stored[4]) or nil
if wish and int(wish.at) == ARGV[16] then
  wish.obeyedAt = NOW
  now.obeyed = true
  redis.call('HSET', KEYS[1], 'forced', cjson.encode(wish))
end
local ev = emit(TYPES[ARGV[10]], 'breaker:' .. owner .. ':' .. name, now)
now.transitions, now.obeyed = nil, nil
now.publishedAt = NOW
redis.call('HSET', KEYS[1], 'view', cjson.encode(now), 'ev', ev, 'publisher', ARGV[7], 'told', before,
  'transitions', #history > 0 and cjson.encode(history) or '[]')
redis.call('SADD', KEYS[3], owner .. ':' .. name)
if ARGV[4] ~= '' then
  -- What goes with its owner when that is forgotten.
  local names = redis.call('HGET', KEYS[4], 'breakers') or ''
  if not string.find(',' .. names .. ',', ',' .. name .. ',', 1, true) then
    redis.call('HSET', KEYS[4], 'breakers', names == '' and name or names .. ',' .. name)
  end
end
if wish and not wish.obeyedAt then return { 'OK', cjson.encode(wish) } end
redis.call('HDEL', KEYS[4], 'nudge')
return { 'OK', '' }
