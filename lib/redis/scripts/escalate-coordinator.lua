#!lua flags=allow-oom
-- Replaces a dead coordinator, once for each of its lives, however many press: fences it, creates the
-- replacement with its epoch, its claim and a deadline to come, moves pending signals and work items to
-- it, asks for a process, and keeps the evidence.
-- KEYS: 1 coordinator, 2 events, 3 deadlines, 4 beats, 5 settings, 6 monitor, 7 spawn
-- ARGV: 1 prefix, 2 actor, 3 id, 4 swarm of the replacement ('': its own), 5 six random characters,
--       6 hash of the claim, 7 how long the replacement may take to come, ms, 8 reason, 9 force ('1'),
--       10 monitor id and 11 interval of who presses, for a death that nobody has claimed yet,
--       12 clean up ('1')
-- Answers: OK, id of the replacement, claimed ('1': by this call), Redis' time of the escalation, id of
--          that event, swarm | ALIVE, liveness | UNKNOWN
-- Events: coordinator.escalated, signal.redirected, work.transferred, spawn.requested; before them
--         coordinator.timed_out where nobody had claimed it
--- @include "includes/judge"
--- @include "includes/move-inbox"
--- @include "includes/move-work"
local EVIDENCE_KEPT = 2592000000
local SPAWN_REQUESTS = 10000

local id, reason, force = ARGV[3], ARGV[8], ARGV[9] == '1'
local r = record_of(id)
if not r.liveness then return { 'UNKNOWN' } end
if r.liveness == 'escalated' then
  local replacement = redis.call('HGET', k_escalation(id, r.epoch), 'swarm')
  return { 'OK', r.replacedBy, '', r.livenessSince, r.escalatedEv, replacement or r.swarm }
end
if r.liveness == 'active' or r.liveness == 'stale' then
  judge(id, r, ARGV[10], ARGV[12] == '1', judge_restart(ARGV[10], tonumber(ARGV[11])))
end
if r.liveness ~= 'dead' and r.liveness ~= 'failed' and not force then return { 'ALIVE', r.liveness } end

local new = 'coordinator-' .. int(NOW) .. '-' .. ARGV[5]
local epoch, new_epoch = tonumber(r.epoch), math.max(NOW, tonumber(r.epoch) + 1)
local swarm = ARGV[4] ~= '' and ARGV[4] or r.swarm
local threshold = threshold_of(r.threshold)
local heartbeat = r.ownHeartbeat == '1' and tonumber(r.heartbeat) or heartbeat_of(threshold)
local deadline = NOW + tonumber(ARGV[7])
local signals = redis.call('XLEN', k_inbox(id))
local items = redis.call('HLEN', k_work(id))

local ev = emit('coordinator.escalated', 'coordinator:' .. id, {
  epoch = epoch,
  swarmId = swarm,
  newCoordinatorId = new,
  newEpoch = new_epoch,
  reason = reason,
  forced = r.liveness ~= 'dead' and r.liveness ~= 'failed',
  movedSignals = signals,
  movedWorkItems = items,
  startDeadline = deadline,
  thresholdMs = threshold,
  heartbeatIntervalMs = heartbeat,
  phase = r.phase,
  iteration = tonumber(r.iteration) or 0,
  label = r.label,
})

-- The old one: no write of it passes the fence any more.
clear_waits(id, r)
undue('spawn', id)
if r.spawnRequest then redis.call('XDEL', K_SPAWN, r.spawnRequest) end
redis.call('HDEL', k_coordinator(id), 'instance', 'spawnState', 'spawnRequest', 'claimHash', 'nudge', 'workItems')
redis.call('HSET', k_coordinator(id), 'liveness', 'escalated', 'livenessSince', int(NOW), 'replacedBy', new,
  'ev', ev, 'escalatedEv', ev)
remove_life(id, TROUBLE_KEPT)

-- The new one.
local fields = {
  'swarm', swarm, 'iteration', r.iteration or '0', 'liveness', 'starting', 'livenessSince', int(NOW),
  'epoch', int(new_epoch), 'threshold', r.threshold or '', 'seenThreshold', tostring(threshold),
  'heartbeat', tostring(heartbeat), 'registeredAt', int(NOW), 'lastBeat', int(NOW), 'replaces', id,
  'startDeadline', int(deadline), 'claimHash', ARGV[6], 'workItems', int(items), 'ev', ev,
}
local function field(name, value)
  if value then
    fields[#fields + 1] = name
    fields[#fields + 1] = value
  end
end
field('phase', r.phase)
field('label', r.label)
field('ownHeartbeat', r.ownHeartbeat)
redis.call('HSET', k_coordinator(new), unpack(fields))
redis.call('SADD', K_COORDINATORS, new)
redis.call('ZINCRBY', K_SWARMS, 1, swarm)
due('spawn', new, deadline)

local moved = move_inbox(id, new)
move_work(id, new)

local request = redis.call('XADD', K_SPAWN, 'MAXLEN', '~', SPAWN_REQUESTS, '*', 'coordinatorId', new,
  'replaces', id, 'swarmId', swarm, 'epoch', int(new_epoch), 'deadline', int(deadline), 'reason', reason,
  'phase', r.phase or '', 'iteration', r.iteration or '0', 'label', r.label or '',
  'thresholdMs', r.threshold or '')
local spawn_ev = emit('spawn.requested', 'coordinator:' .. new,
  { coordinatorId = new, requestId = request, replaces = id, swarmId = swarm, deadline = deadline })
redis.call('HSET', k_coordinator(new), 'spawnState', 'requested', 'spawnRequest', request,
  'spawnDeadline', int(deadline), 'spawnAt', int(NOW), 'spawnEv', spawn_ev)

local evidence = k_escalation(id, int(epoch))
redis.call('HSET', evidence, 'coordinatorId', id, 'epoch', int(epoch), 'newCoordinatorId', new,
  'newEpoch', int(new_epoch), 'swarm', swarm, 'at', int(NOW), 'by', ARGV[2], 'reason', reason,
  'found', r.liveness, 'forced', force and '1' or '', 'lastBeat', r.lastBeat or '', 'deathEv', r.deathEv or '',
  'instance', r.instance or '', 'thresholdMs', tostring(threshold), 'movedSignals', int(moved),
  'movedWorkItems', int(items))
redis.call('PEXPIRE', evidence, int(EVIDENCE_KEPT))
return { 'OK', new, '1', int(NOW), ev, swarm }
