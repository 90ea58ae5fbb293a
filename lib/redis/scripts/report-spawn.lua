#!lua flags=allow-oom
-- A spawner says how its start went: its process runs (it has not beaten yet), or could not be started or
-- ended before it beat.
-- KEYS: 1 coordinator (the replacement), 2 events, 3 spawn, 4 deadlines, 5 beats
-- ARGV: 1 prefix, 2 actor, 3 id, 4 spawner id, 5 running or failed, 6 reason, 7 pid ('' if none), 8 host
-- Answers: OK | SETTLED (it beat already, was given up, or belongs to another spawner)
-- Events: spawn.running | spawn.failed and coordinator.failed
--- @include "includes/fail"
local id, spawner, state = ARGV[3], ARGV[4], ARGV[5]
local r = record_of(id)
if r.liveness ~= 'starting' or r.spawner ~= spawner then return { 'SETTLED' } end
local request = r.spawnRequest
if state == 'failed' then
  local ev = emit('spawn.failed', 'coordinator:' .. id,
    { coordinatorId = id, requestId = request, spawnerId = spawner, reason = ARGV[6] })
  redis.call('HSET', KEYS[1], 'spawnEv', ev)
  fail(id, r, ARGV[6])
  return { 'OK' }
end
if r.spawnState == 'running' then return { 'OK' } end
local process
if ARGV[7] ~= '' then process = { pid = tonumber(ARGV[7]), host = ARGV[8] ~= '' and ARGV[8] or nil } end
local ev = emit('spawn.running', 'coordinator:' .. id,
  { coordinatorId = id, requestId = request, spawnerId = spawner, process = process })
redis.call('HSET', KEYS[1], 'spawnState', 'running', 'spawnAt', int(NOW), 'spawnEv', ev)
if process then
  redis.call('HSET', KEYS[1], 'pid', ARGV[7], 'ev', ev)
  if process.host then redis.call('HSET', KEYS[1], 'host', ARGV[8]) end
end
if request then redis.call('XDEL', K_SPAWN, request) end
return { 'OK' }
