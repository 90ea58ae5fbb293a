#!lua
-- Registers a coordinator: a first life, a new life under an old id, a process that adopts a
-- replacement, or one that lives and whose record Redis had lost. Under an id that another process
-- holds, the newcomer takes over and the other is fenced.
-- KEYS: 1 coordinator, 2 events, 3 beats, 4 deadlines, 5 settings
-- ARGV: 1 prefix, 2 actor, 3 id, 4 instance, 5 again ('1': the record was lost), 6 the epoch it had
--       ('0': none), 7 swarm, 8 phase, 9 iteration, 10 threshold ms, 11 heartbeat interval ms, 12 pid,
--       13 host, 14 label, 15 hash of its claim, 16 '1': a replacement is taken up with its claim only,
--       17 the only swarm that it may be of. '' where it says nothing
-- Answers: OK, epoch, liveness, threshold ms, heartbeat interval ms, Redis' time, iteration, phase, swarm
--          | FENCED, epoch, count | CLAIM | FOREIGN, its swarm | SCHEMA, found
-- Events: coordinator.registered or coordinator.reregistered; coordinator.started for a late replacement
--- @include "includes/schema"
--- @include "includes/fence"
--- @include "includes/register"
local id, instance, again = ARGV[3], ARGV[4], ARGV[5]
local refused = check_schema()
if refused then return refused end

local function answer(r)
  return { 'OK', r.epoch, r.liveness, r.seenThreshold, r.heartbeat, int(NOW), r.iteration, r.phase or '', r.swarm }
end

local r = record_of(id)
local only = ARGV[17] or ''
if only ~= '' and r.swarm and r.swarm ~= only then return { 'FOREIGN', r.swarm } end
local alive = r.liveness == 'active' or r.liveness == 'stale' or r.liveness == 'starting' or r.liveness == 'dead'
if r.epoch and r.instance == instance and alive then
  -- The same call again, or another part of the same process was first.
  return answer(r)
end
if again == '1' and r.epoch and r.instance ~= instance then
  -- Not where the record is of an earlier life: then it was this one's that was lost.
  local refusal = fence(id, ARGV[6], instance, 'register')
  if refusal[1] ~= 'LOST' then return refusal end
end

local claim, needed = ARGV[15], ARGV[16] == '1'
if (needed or claim ~= '') and (r.liveness == 'starting' or r.liveness == 'failed') then
  if not r.claimHash or r.claimHash ~= claim then return { 'CLAIM' } end
end

return answer(register(id, r, {
  instance = instance,
  again = again,
  previousEpoch = ARGV[6],
  swarm = ARGV[7],
  phase = ARGV[8],
  iteration = ARGV[9],
  threshold = ARGV[10],
  heartbeat = ARGV[11],
  pid = ARGV[12],
  host = ARGV[13],
  label = ARGV[14],
  byHand = '',
}))
