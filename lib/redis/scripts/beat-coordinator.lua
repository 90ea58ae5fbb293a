#!lua flags=allow-oom
-- Heartbeats, of as many coordinators as beat in one turn of a process. Writes no event unless a
-- coordinator's state changes by it. Its deadline stays where it is: a sweep that comes by then sees how
-- lately it beat and moves it, once for the many beats in between.
-- KEYS: 1 beats
-- ARGV: 1 prefix, then for each call: actor, '3', id, epoch, instance (see includes/calls)
-- Answers for each: OK, Redis' time, threshold ms[, nudge: what waits for its owner's attention, such as a
--          breaker that an operator forced] | LOST | FENCED, epoch, count
-- Events: coordinator.started, coordinator.recovered; coordinator.write_refused
local time = redis.call('TIME')
local now = string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000))
local prefix, all, beats, others = ARGV[1], {}, {}, nil

-- Nearly all beats are of one that is active. They go first, and need nothing of what follows: defining
-- that would cost more than the beat.
for at = 2, #ARGV, 5 do
  local id, key = ARGV[at + 2], prefix .. 'coordinator:' .. ARGV[at + 2]
  local r = redis.pcall('HMGET', key, 'epoch', 'instance', 'liveness', 'seenThreshold', 'nudge')
  if r[1] == ARGV[at + 3] and r[2] == ARGV[at + 4] and r[3] == 'active' then
    redis.call('HSET', key, 'lastBeat', now)
    local n = #beats
    beats[n + 1], beats[n + 2] = now, id
    -- No nudge is a nil, which ends the array.
    all[#all + 1] = { 'OK', now, r[4], r[5] or nil }
  else
    all[#all + 1] = at
    others = true
  end
end
if #beats > 0 then redis.call('ZADD', prefix .. 'beats', unpack(beats)) end
if not others then return all end

--- @include "includes/calls"
--- @include "includes/fence"
--- @include "includes/beat"
local function call(first)
  local id = ARGV[first]
  local refused = fence(id, ARGV[first + 1], ARGV[first + 2], 'beat')
  if refused then return refused end
  local record = record_of(id)
  -- Somebody marked it as ended, and it lives: it registers again.
  if record.liveness == 'stopped' or record.liveness == 'failed' then return { 'LOST' } end
  return { 'OK', NOW_TEXT, tostring(beat(id, record)), record.nudge or '' }
end
for i, at in ipairs(all) do
  if type(at) == 'number' then all[i] = answer_of(call, at) end
end
return all
