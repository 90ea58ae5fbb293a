#!lua
-- A spawner takes a request for a replacement, so that no other does. From now on the claim that counts
-- is the one that this spawner hands to its process.
-- KEYS: 1 coordinator (the replacement), 2 events, 3 spawn
-- ARGV: 1 prefix, 2 actor, 3 id, 4 spawner id, 5 hash of the claim, 6 id of the request
-- Answers: OK | TAKEN (by another, or settled)
-- Events: spawn.claimed
--- @include "includes/emit"
local id, spawner, request = ARGV[3], ARGV[4], ARGV[6]
local r = redis.call('HMGET', KEYS[1], 'liveness', 'spawnState', 'spawner', 'instance', 'spawnRequest')
if r[1] ~= 'starting' or r[4] or r[5] ~= request then
  redis.call('XDEL', KEYS[3], request)
  return { 'TAKEN' }
end
if r[2] == 'claimed' and r[3] == spawner then return { 'OK' } end
if r[2] ~= 'requested' then return { 'TAKEN' } end
local ev = emit('spawn.claimed', 'coordinator:' .. id, { coordinatorId = id, requestId = request, spawnerId = spawner })
redis.call('HSET', KEYS[1], 'spawnState', 'claimed', 'spawner', spawner, 'claimHash', ARGV[5], 'spawnAt', int(NOW),
  'spawnEv', ev)
return { 'OK' }
