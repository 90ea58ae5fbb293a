#!lua flags=allow-oom
-- A handler speaks for a coordinator that has no process of its own: registers it, or beats for it under
-- the incarnation that the handler knows. Of one that lives by itself it only notes the action.
-- KEYS: 1 coordinator, 2 events, 3 beats, 4 deadlines, 5 settings
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch and 5 instance that the handler knows ('' if none),
--       6 iteration, 7 phase ('' if not said), 8 threshold ms ('': the namespace's), 9 a new instance
-- Answers: OK, epoch, instance | NOTED | FENCED, epoch, count | SCHEMA, found
-- Events: coordinator.registered, coordinator.phase_changed, and those of a beat
--- @include "includes/schema"
--- @include "includes/fence"
--- @include "includes/register"
--- @include "includes/act"
local id, epoch, instance, iteration, phase = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local wrong_schema = check_schema()
if wrong_schema then return wrong_schema end

local r = record_of(id)
local alive = r.liveness == 'active' or r.liveness == 'stale' or r.liveness == 'starting' or r.liveness == 'dead'
if alive and r.byHand ~= '1' then
  act(id, r, '', '', phase ~= '' and phase or 'activity recorded by a handler')
  return { 'NOTED' }
end

if epoch ~= '' and r.epoch and (r.epoch ~= epoch or r.instance ~= instance) then
  return fence(id, epoch, instance, 'recordActivity')
end
if alive then
  beat(id, r)
  act(id, r, phase, iteration, '')
  return { 'OK', r.epoch, r.instance }
end
local n = register(id, r, {
  instance = ARGV[9],
  again = '',
  previousEpoch = epoch ~= '' and epoch or '0',
  swarm = '',
  phase = phase,
  iteration = iteration,
  threshold = ARGV[8],
  heartbeat = '',
  pid = '',
  host = '',
  label = '',
  byHand = '1',
})
act(id, n, phase, iteration, '')
return { 'OK', n.epoch, n.instance }
