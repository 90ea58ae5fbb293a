#!lua flags=allow-oom
-- A graceful leave: who ended well never dies later on the board. What it held stays for who comes after.
-- KEYS: 1 coordinator, 2 events, 3 beats, 4 deadlines
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance
-- Answers: OK | LOST | FENCED, epoch, count
-- Events: coordinator.stopped
--- @include "includes/fence"
--- @include "includes/end-life"
local id = ARGV[3]
local refused = fence(id, ARGV[4], ARGV[5], 'leave')
if refused then return refused end
local record = record_of(id)
if record.liveness ~= 'stopped' then stop(id, record, 'graceful') end
return { 'OK' }
