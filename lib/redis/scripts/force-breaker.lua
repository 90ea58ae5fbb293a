-- An operator asks for a state of somebody's breaker. It is a wish: the owner obeys on its next contact.
-- KEYS: 1 breaker, 2 events, 3 the owner's coordinator
-- ARGV: 1 prefix, 2 actor, 3 owner, 4 name, 5 state: open, closed or reset, 6 reason
-- Answers: OK | UNKNOWN
-- Events: breaker.forced
--- @include "includes/emit"
local owner, name = ARGV[3], ARGV[4]
if redis.call('EXISTS', KEYS[1]) == 0 then return { 'UNKNOWN' } end
local by = string.gsub(ARGV[2], '^operator:', '')
local ev = emit('breaker.forced', 'breaker:' .. owner .. ':' .. name, {
  owner = owner,
  name = name,
  state = ARGV[5],
  reason = ARGV[6],
})
redis.call('HSET', KEYS[1], 'ev', ev,
  'forced', cjson.encode({ state = ARGV[5], by = by, reason = ARGV[6], at = NOW }))
-- The next beat tells its owner to look.
if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HSET', KEYS[3], 'nudge', 'breaker') end
return { 'OK' }
