#!lua flags=allow-oom
-- A beat with meaning: the coordinator itself says what it does.
-- KEYS: 1 coordinator, 2 events, 3 beats, 4 deadlines, 5 settings
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance, 6 phase, 7 iteration, 8 action; '' where not said
-- Answers: OK, Redis' time, threshold ms, nudge | LOST | FENCED, epoch, count
-- Events: coordinator.phase_changed, and those of a beat
--- @include "includes/fence"
--- @include "includes/beat"
--- @include "includes/act"
local id = ARGV[3]
local refused = fence(id, ARGV[4], ARGV[5], 'recordActivity')
if refused then return refused end
local record = record_of(id)
if record.liveness == 'stopped' or record.liveness == 'failed' then return { 'LOST' } end
local threshold = beat(id, record)
act(id, record, ARGV[6], ARGV[7], ARGV[8])
return { 'OK', int(NOW), tostring(threshold), record.nudge or '' }
