"""What happens inside Redis in one step: each text here is one script, carried out whole or not at all.

Keys of every script, in this order:
    stream  items that wait or are worked on: `key`, `platform`, `body`, and `tries`, the attempts before
    seen    every known key; scored with when it may be forgotten, infinity while its item lives
    later   items that failed, as JSON; scored with when they are handed out again
    dead    a stream of items that were given up, with `why` and `at`, since when
Times are microseconds by the callers' clock, but for leases, which are milliseconds by the server's.
Only commands of Redis 7.0, so that Valkey has them too.
"""

from typing import Final

_HEAD: Final = """
local stream, seen, later, dead = unpack(KEYS)

local function add(to, item, tries, ...)
    local told = {'key', item.key, 'platform', item.platform, 'body', item.body, 'tries', tries, ...}
    redis.call('XADD', to, '*', unpack(told))
end

local function bury(item, tries, why, at, till)
    add(dead, item, tries, 'why', why, 'at', at)
    redis.call('ZADD', seen, 'XX', till, item.key)
end

local function item_of(entry)
    local item = {}
    for i = 1, #entry[2], 2 do item[entry[2][i]] = entry[2][i + 1] end
    return item
end

local function pending(group, id)
    -- The item of a claimed entry with its `attempt`, or nil where it is gone.
    local claimed = redis.call('XPENDING', stream, group, id, id, 1)[1]
    local entry = redis.call('XRANGE', stream, id, id)[1]
    if not claimed or not entry then return nil end
    local item = item_of(entry)
    item.attempt = item.tries + claimed[4]
    return item
end

local function drop(group, id)
    redis.call('XACK', stream, group, id)
    redis.call('XDEL', stream, id)
end
"""

PUT: Final = (
    _HEAD
    + """
-- Arguments: now; since when what was given up is kept; then key, platform and body of each item. Returns how
-- many were new. What an older version gave up tells when by its id, in milliseconds.
local old = redis.call('ZRANGEBYSCORE', seen, '-inf', ARGV[1], 'LIMIT', 0, 1000)
if #old > 0 then redis.call('ZREM', seen, unpack(old)) end
for _, entry in ipairs(redis.call('XRANGE', dead, '-', '+', 'COUNT', 100)) do
    local at = item_of(entry).at or entry[1]:match('^%d+') * 1000
    if tonumber(at) > tonumber(ARGV[2]) then break end
    redis.call('XDEL', dead, entry[1])
end
local new = 0
for i = 3, #ARGV, 3 do
    if redis.call('ZADD', seen, 'NX', '+inf', ARGV[i]) == 1 then
        add(stream, {key = ARGV[i], platform = ARGV[i + 1], body = ARGV[i + 2]}, 0)
        new = new + 1
    end
end
return new
"""
)

UPKEEP: Final = (
    _HEAD
    + """
-- Arguments: group, worker, now, lease, attempts, what to look for (nothing, expired, own), until when the
-- keys of what is buried are known, why one is buried that used up its attempts; then the entries that the
-- worker knows it holds. Brings back what is due; takes one item that was left behind: expired, or (own) the
-- worker's though it knows nothing of it; buries those that used up their attempts.
-- Returns when the next item is due or '', how many were buried, and entry, key, platform, body, attempt.
local group, me, now, lease, attempts, look, till, why = unpack(ARGV, 1, 8)

for _, text in ipairs(redis.call('ZRANGEBYSCORE', later, '-inf', now, 'LIMIT', 0, 100)) do
    local item = cjson.decode(text)
    add(stream, item, item.attempt)
    redis.call('ZREM', later, text)
end
local buried = 0
local answer = nil

local function take(id)
    local item = pending(group, id)
    if item and item.attempt <= tonumber(attempts) then
        answer = {id, item.key, item.platform, item.body, item.attempt}
    elseif item then
        drop(group, id)
        bury(item, attempts, why, now, till)
        buried = buried + 1
    end
end

if look == 'own' then
    local known = {}
    for i = 9, #ARGV do known[ARGV[i]] = true end
    local from, page = '-', nil
    repeat
        page = redis.call('XPENDING', stream, group, from, '+', 100, me)
        for _, entry in ipairs(page) do
            if not answer and not known[entry[1]] then
                redis.call('XCLAIM', stream, group, me, 0, entry[1])
                take(entry[1])
            end
            from = '(' .. entry[1]
        end
    until answer or #page < 100
end
if look ~= 'nothing' and not answer then
    local from, found = '0-0', nil
    repeat
        from, found = unpack(redis.call('XAUTOCLAIM', stream, group, me, lease, from, 'COUNT', 1))
        for _, entry in ipairs(found) do take(entry[1]) end
    until answer or from == '0-0'
end
local first = redis.call('ZRANGE', later, 0, 0, 'WITHSCORES')
return {first[2] or '', buried, unpack(answer or {})}
"""
)

HAND_BACK: Final = (
    _HEAD
    + """
-- Arguments: group, entry, attempt, when it is due or '' for never again, now, until when its key is known
-- if it is given up, why it failed. Does nothing where the entry was handed out again since: then this is
-- not its last attempt.
local group, id, attempt, due, now, till, why = unpack(ARGV)
local item = pending(group, id)
if item and item.attempt == tonumber(attempt) then
    drop(group, id)
    if due == '' then
        bury(item, attempt, why, now, till)
    else
        redis.call('ZADD', later, due, cjson.encode(item))
    end
end
"""
)

DONE: Final = (
    _HEAD
    + """
-- Arguments: group, until when the keys are known; then entry and key of each item.
for i = 3, #ARGV, 2 do
    drop(ARGV[1], ARGV[i])
    redis.call('ZADD', seen, 'XX', ARGV[2], ARGV[i + 1])
end
"""
)

AGAIN: Final = (
    _HEAD
    + """
-- Arguments: how many at most; then entries of `dead`, or none for the oldest. Returns how many were there.
local ids = {unpack(ARGV, 2)}
if #ids == 0 then
    local oldest = redis.call('XRANGE', dead, '-', '+', 'COUNT', ARGV[1])
    for _, entry in ipairs(oldest) do ids[#ids + 1] = entry[1] end
end
local revived = 0
for _, id in ipairs(ids) do
    local entry = redis.call('XRANGE', dead, id, id)[1]
    if entry then
        local item = item_of(entry)
        add(stream, item, 0)
        redis.call('ZADD', seen, '+inf', item.key)
        redis.call('XDEL', dead, id)
        revived = revived + 1
    end
end
return revived
"""
)
