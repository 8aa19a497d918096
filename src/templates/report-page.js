// Generated from src/report/page by test/page-script.ts (npm run test:update).
(() => {
'use strict';
function readAddress(hash) {
    const text = hash.replace(/^#\/?/, '');
    const question = text.indexOf('?');
    const path = question < 0 ? text : text.slice(0, question);
    const settings = new Map(new URLSearchParams(question < 0 ? '' : text.slice(question + 1)));
    const [view = '', ...rest] = path.split('/');
    if (view === 'job')
        return { view: 'job', job: decoded(rest.join('/')), settings };
    return { view: view === 'plan' ? 'plan' : 'overview', job: '', settings };
}
function writeAddress({ view, job, settings }) {
    const path = view === 'job' ? `job/${encodeURIComponent(job)}` : view === 'plan' ? 'plan' : '';
    const kept = [...settings].filter(([, value]) => value !== '');
    const query = new URLSearchParams(kept.map(([name, value]) => [name, value])).toString();
    return `#/${path}${query === '' ? '' : `?${query}`}`;
}
function withSettings(address, changes) {
    const settings = new Map(address.settings);
    for (const [name, value] of Object.entries(changes)) {
        if (value === '')
            settings.delete(name);
        else
            settings.set(name, value);
    }
    return { ...address, settings };
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    setAttributes(made, attributes);
    append(made, children);
    return made;
}
function svgElement(tag, attributes = {}, ...children) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    setAttributes(made, attributes);
    append(made, children);
    return made;
}
function setAttributes(to, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === false)
            continue;
        if (typeof value === 'function')
            to.addEventListener(name, value);
        else
            to.setAttribute(name, value === true ? '' : String(value));
    }
}
function append(to, children) {
    for (const child of children) {
        if (child === undefined)
            continue;
        if (typeof child === 'string' || child instanceof Node)
            to.append(child);
        else
            append(to, child);
    }
}
function link(href, attributes, ...children) {
    return element('a', { href, ...attributes }, ...children);
}
function codeText(text) {
    return element('code', {}, text);
}
function dataTable(head, rows, { caption, className }) {
    const cells = (row) => row.map((cell, at) => at === 0
        ? element('th', { scope: 'row' }, cell)
        : element('td', { class: typeof cell === 'string' && cell.length > 16 ? 'prose' : undefined }, cell));
    return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, element('table', { class: className ?? 'data' }, element('caption', { class: 'hidden' }, caption), element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))), element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row))))));
}
const statusShapes = {
    converted: '●',
    'to-confirm': '◆',
    'needs-work': '▲',
};
const severityShapes = { error: '▲', warning: '◆', info: '○' };
const verdictShapes = {
    proved: '✓',
    'proved-given': '✓',
    observed: '✓',
    differs: '≠',
    'not-provable': '?',
};
const reviewShapes = { accepted: '✓', question: '?', changed: '↻' };
function badge(className, shape, text) {
    return element('span', { class: `badge ${className}` }, element('span', { 'aria-hidden': 'true' }, shape), ` ${text}`);
}
function statusBadge(status, words) {
    return badge(`status-${status}`, statusShapes[status], words(`status.${status}`));
}
function severityBadge(severity, words) {
    return badge(`severity-${severity}`, severityShapes[severity], words(severity));
}
function verdictBadge(verdict, words) {
    return badge(`verdict-${verdict}`, verdictShapes[verdict], words(`verdict.${verdict}`));
}
function reviewBadge(state, words) {
    return state === ''
        ? element('span', { class: 'quiet' }, words('review.-'))
        : badge(`review-${state}`, reviewShapes[state], words(`review.${state}`));
}
function codePane(id, label, actions) {
    let lines = [];
    let current = 0;
    const list = element('div', {
        class: 'lines',
        id,
        role: 'listbox',
        tabindex: 0,
        'aria-label': label,
        click: (event) => {
            const line = event.target instanceof Element ? event.target.closest('[data-line]') : null;
            if (line !== null)
                actions.choose(Number(line.dataset['line']));
        },
        keydown: (event) => {
            if (!(event instanceof KeyboardEvent))
                return;
            const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 };
            const move = moves[event.key];
            if (event.key === 'Enter')
                actions.follow();
            else if (move === undefined)
                return;
            else
                actions.choose(Math.min(lines.length, Math.max(1, (current === 0 && move > 0 ? 0 : current) + move)));
            event.preventDefault();
        },
    });
    return {
        root: list,
        show: (file, text, linked, notes) => {
            current = 0;
            list.removeAttribute('aria-activedescendant');
            const texts = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
            lines = texts.map((line, at) => {
                const note = notes.get(at + 1);
                return element('div', {
                    class: `line${linked.has(at + 1) ? ' has-link' : ''}${note === undefined ? '' : ' has-note'}`,
                    role: 'option',
                    'aria-selected': 'false',
                    id: `${id}-${at + 1}`,
                    'data-line': at + 1,
                    'aria-label': line.trim() === '' ? String(at + 1) : undefined,
                    title: note,
                }, element('span', { class: 'number', 'aria-hidden': 'true' }, String(at + 1)), element('span', { class: 'text' }, line === '' ? ' ' : line));
            });
            list.replaceChildren(...lines);
            list.setAttribute('data-file', file);
            list.scrollTop = 0;
        },
        mark: (chosen, counterparts, height) => {
            current = chosen;
            lines.forEach((line, at) => {
                line.classList.toggle('chosen', at + 1 === chosen);
                line.classList.toggle('counterpart', counterparts.has(at + 1));
                line.setAttribute('aria-selected', String(at + 1 === chosen));
            });
            if (chosen > 0)
                list.setAttribute('aria-activedescendant', `${id}-${chosen}`);
            const first = chosen > 0 ? chosen : Math.min(...counterparts);
            const line = lines[first - 1];
            return line === undefined ? undefined : bringIntoView(list, line, height);
        },
        focus: () => list.focus({ preventScroll: true }),
    };
}
function bringIntoView(list, line, height) {
    const top = line.offsetTop;
    if (height !== undefined)
        list.scrollTop = Math.max(0, top - Math.min(height, list.clientHeight - 48));
    else if (top < list.scrollTop + 24 || top > list.scrollTop + list.clientHeight - 48)
        list.scrollTop = Math.max(0, top - list.clientHeight / 3);
    return top - list.scrollTop;
}
function lineMap({ outputs, steps }, numberOf) {
    const byOutput = new Map();
    const byLegacy = new Map();
    const add = (map, file, line, entry) => {
        const lines = map.get(file) ?? new Map();
        map.set(file, lines);
        lines.set(line, [...(lines.get(line) ?? []), entry]);
    };
    for (const { path, links } of outputs)
        for (const link of links) {
            const [line, , file, from, , chain] = link;
            add(byOutput, path, line, link);
            const places = new Map();
            if (file >= 0)
                places.set(`${file}:${from}`, { path, link, part: false, file, from });
            for (const [, , at, atLine] of chain)
                if (at >= 0 && !places.has(`${at}:${atLine}`))
                    places.set(`${at}:${atLine}`, { path, link, part: true, file: at, from: atLine });
            for (const { file: inFile, from: onLine, ...entry } of places.values())
                add(byLegacy, inFile, onLine, entry);
        }
    const base = outputs.find(({ path }) => path.endsWith('/workflow.yaml'));
    const names = (base?.text ?? '').split('\n');
    for (const { template, file, line } of steps) {
        const at = names.findIndex((text) => text.trim() === `- name: ${template}`) + 1;
        if (base === undefined || template === '' || at === 0 || numberOf(file) < 0)
            continue;
        const link = [at, '', numberOf(file), line, line, []];
        add(byLegacy, numberOf(file), line, { path: base.path, link, part: false });
    }
    return {
        linksAt: (path, line) => byOutput.get(path)?.get(line) ?? [],
        becameOf: (file, line) => [...(byLegacy.get(file)?.get(line) ?? [])].sort((a, b) => Number(a.part) - Number(b.part)),
        linkedLines: (side, file) => new Set((side === 'output' ? byOutput.get(String(file)) : byLegacy.get(Number(file)))?.keys() ?? []),
    };
}
function codeView(page, store, choose) {
    const words = store.words();
    const map = lineMap(page, (file) => store.index.files.indexOf(file));
    const legacyFiles = [...new Set([...page.sources, ...pointedFiles(page, store)])].filter((file) => store.index.files.includes(file));
    const outputs = new Map(page.outputs.map((output) => [output.path, output]));
    let shown = { legacy: '', output: '' };
    let chosen;
    const fateText = ({ text, by, reason }) => by === undefined ? text : `${text}: ${store.say(reason ?? '')} (${by})`;
    const show = (side, file) => {
        if (shown[side] === file)
            return;
        shown = { ...shown, [side]: file };
        if (side === 'output')
            outputPane.show(file, outputs.get(file)?.text ?? '', map.linkedLines('output', file), new Map());
        else {
            const data = store.file(file);
            const notes = new Map((data?.fates ?? []).map((fate) => [fate.line, fateText(fate)]));
            legacyPane.show(file, data?.text ?? '', map.linkedLines('legacy', store.index.files.indexOf(file)), notes);
        }
        const select = side === 'output' ? outputSelect : legacySelect;
        if (select instanceof HTMLSelectElement)
            select.value = file;
    };
    const open = (to) => {
        chosen = to;
        show(to.side, to.file);
        const counterparts = counterpartsOf(to);
        const other = to.side === 'legacy' ? 'output' : 'legacy';
        const target = counterparts.find((each) => each.file === shown[other]) ?? counterparts[0];
        if (target !== undefined)
            show(other, target.file);
        const lines = new Set(counterparts.flatMap((each) => (each.file === target?.file ? [each.line] : [])));
        const [own, opposite] = to.side === 'legacy' ? [legacyPane, outputPane] : [outputPane, legacyPane];
        opposite.mark(0, lines, own.mark(to.line, new Set()));
        why.replaceChildren(...explanation(to));
        showMarked(panes);
        choose(to);
    };
    const counterpartsOf = ({ side, file, line }) => {
        if (side === 'legacy')
            return map
                .becameOf(store.index.files.indexOf(file), line)
                .map(({ path, link }) => ({ side: 'output', file: path, line: link[0] }));
        return map.linksAt(file, line).flatMap(([, , source, from, , chain]) => {
            const places = [
                ...(source < 0 ? [] : [[source, from]]),
                ...chain.flatMap(([, , at, atLine]) => (at < 0 ? [] : [[at, atLine]])),
            ];
            return places.map(([at, atLine]) => ({ side: 'legacy', file: store.fileAt(at), line: atLine }));
        });
    };
    const follow = () => {
        if (chosen === undefined)
            return;
        const counterparts = counterpartsOf(chosen);
        const other = chosen.side === 'legacy' ? 'output' : 'legacy';
        const target = counterparts.find((each) => each.file === shown[other]) ?? counterparts[0];
        if (target === undefined)
            return;
        open(target);
        (target.side === 'legacy' ? legacyPane : outputPane).focus();
    };
    const explanation = ({ side, file, line }) => {
        const head = element('h3', {}, words(side === 'output' ? 'whyHere' : 'whatBecame'), ' ', element('span', { class: 'quiet' }, `${file}:${line}`));
        return side === 'output' ? [head, ...whyHere(map.linksAt(file, line))] : [head, ...whatBecame(file, line)];
    };
    const whyHere = (links) => {
        if (links.length === 0)
            return [element('p', { class: 'empty' }, words('fromConversion'))];
        return links.map(([, pointer, , , , chain]) => element('div', { class: 'value' }, element('p', {}, codeText(pointer === '' ? '/' : pointer)), element('ol', { class: 'chain' }, ...chain.map((station) => element('li', {}, ...stationView(station))))));
    };
    const stationView = ([via, name, at, line]) => {
        const file = at < 0 ? '' : store.fileAt(at);
        const text = at < 0 ? '' : (store.file(file)?.text.split('\n')[line - 1]?.trim() ?? '');
        return [
            element('span', { class: 'via' }, viaName(via)),
            ' ',
            ...(name === '' || name === file
                ? []
                : [via === 'default' ? element('span', {}, store.say(name)) : element('code', {}, name), ' ']),
            ...(at < 0 ? [] : [placeButton({ side: 'legacy', file, line }), ' ', element('code', { class: 'quoted' }, text)]),
        ];
    };
    const viaName = (via) => {
        switch (via) {
            case 'source':
            case 'template':
            case 'variable':
            case 'include':
            case 'condition':
            case 'rule':
            case 'default':
                return words(`via.${via}`);
            default:
                return via;
        }
    };
    const whatBecame = (file, line) => {
        const became = map.becameOf(store.index.files.indexOf(file), line);
        const fates = (store.file(file)?.fates ?? []).filter((fate) => fate.line === line);
        const rows = became.map(({ path, link, part }) => {
            const text = outputs.get(path)?.text.split('\n')[link[0] - 1]?.trim() ?? '';
            const rules = [...new Set(link[5].flatMap(([via, name]) => (via === 'rule' ? [name] : [])))];
            return element('li', { class: part ? 'part' : undefined }, placeButton({ side: 'output', file: path, line: link[0] }), ' ', element('code', { class: 'quoted' }, text), rules.length === 0 ? undefined : element('span', { class: 'quiet' }, ` ${rules.join(', ')}`));
        });
        return [
            ...(rows.length === 0 ? [] : [element('ol', { class: 'chain' }, ...rows)]),
            ...(fates.length === 0
                ? []
                : [
                    element('ul', { class: 'plain' }, ...fates.map((fate) => element('li', { class: fate.by === undefined ? 'bad' : undefined }, fateText(fate)))),
                ]),
            ...(rows.length === 0 && fates.length === 0 ? [element('p', { class: 'empty' }, words('becameNothing'))] : []),
        ];
    };
    const placeButton = (to) => element('button', { type: 'button', class: 'place', click: () => open(to) }, `${to.file}:${to.line}`);
    const legacyPane = codePane('legacy-lines', words('legacyFile'), {
        choose: (line) => open({ side: 'legacy', file: shown.legacy, line }),
        follow,
    });
    const outputPane = codePane('output-lines', words('outputFile'), {
        choose: (line) => open({ side: 'output', file: shown.output, line }),
        follow,
    });
    const legacySelect = fileSelect('legacy-file', legacyFiles, (file) => show('legacy', file));
    const outputSelect = fileSelect('output-file', [...outputs.keys()], (file) => show('output', file));
    const why = element('div', { class: 'why', 'aria-live': 'polite' }, element('p', { class: 'empty' }, words('chooseLine')));
    const pane = (id, label, select, list) => element('div', { class: 'pane' }, element('label', { for: id }, label), select, list);
    const panes = element('div', { class: 'panes' }, pane('legacy-file', words('legacyFile'), legacySelect, legacyPane.root), pane('output-file', words('outputFile'), outputSelect, outputPane.root));
    const root = element('div', { class: 'code-view' }, element('p', { class: 'quiet' }, words('codeHint')), panes, why);
    const firstLegacy = legacyFiles.find((file) => file.endsWith('.dig') && file.includes(`/${store.index.reference}/`)) ?? legacyFiles[0];
    const firstOutput = [...outputs.keys()].find((path) => path.endsWith('/base/workflow.yaml')) ?? [...outputs.keys()][0];
    if (firstLegacy !== undefined)
        show('legacy', firstLegacy);
    if (firstOutput !== undefined)
        show('output', firstOutput);
    return { root, open };
}
function showMarked(panes) {
    const hidden = [...panes.querySelectorAll('.chosen, .counterpart')].filter((line, at, all) => {
        if (line.matches('.counterpart') && all.findIndex((each) => each.matches('.counterpart')) !== at)
            return false;
        const { top, bottom } = line.getBoundingClientRect();
        return top < 0 || bottom > innerHeight;
    });
    if (hidden.length > 0)
        panes.scrollIntoView({ block: 'start' });
}
function fileSelect(id, files, choose) {
    return element('select', {
        id,
        change: (event) => {
            if (event.target instanceof HTMLSelectElement)
                choose(event.target.value);
        },
    }, ...files.map((file) => element('option', { value: file }, file)));
}
function pointedFiles({ outputs }, store) {
    const numbers = new Set(outputs.flatMap(({ links }) => links.flatMap(([, , file, , , chain]) => [file, ...chain.map(([, , at]) => at)])));
    return [...numbers]
        .filter((at) => at >= 0)
        .map((at) => store.fileAt(at))
        .sort();
}
const SHOWN_PLACES = 4;
function findingList(findings, store, open) {
    const words = store.words();
    if (findings.length === 0)
        return element('p', { class: 'empty' }, words('findingsNone'));
    const asking = findings.filter((finding) => finding.severity !== 'info');
    const notes = findings.filter((finding) => finding.severity === 'info');
    const items = (list) => element('ul', { class: 'findings' }, ...list.map((finding) => findingItem(finding, store, open)));
    return element('div', {}, asking.length === 0 ? undefined : items(asking), notes.length === 0
        ? undefined
        : element('details', { open: asking.length === 0 && notes.length <= 3 }, element('summary', {}, words('notes', { n: notes.length })), items(notes)));
}
function findingItem(finding, store, open) {
    const words = store.words();
    const { code, severity, message, hint, environments, places } = finding;
    const first = places[0];
    const rest = places.slice(1, SHOWN_PLACES);
    return element('li', { class: `finding finding-${severity}` }, element('p', {}, severityBadge(severity, words), ' ', element('span', { class: 'message' }, store.say(message)), ' ', element('code', { class: 'code-name' }, code), environments.length === 0 ? undefined : element('span', { class: 'quiet' }, ` ${environments.join(', ')}`)), hint === undefined
        ? undefined
        : element('p', { class: 'hint' }, element('strong', {}, `${words('todo')}: `), store.say(hint)), first === undefined ? undefined : codeFrameOf(first, store, open), rest.length === 0
        ? undefined
        : element('p', { class: 'quiet' }, ...rest.flatMap((place) => [placeLink(place, open), ' ']), places.length > SHOWN_PLACES ? words('morePlaces', { n: places.length - SHOWN_PLACES }) : ''));
}
function placeLink({ file, line }, open) {
    const text = `${file}:${line}`;
    return open === undefined
        ? codeText(text)
        : element('button', { type: 'button', class: 'place', click: () => open(file, line) }, text);
}
function codeFrameOf(place, store, open) {
    const text = store.file(place.file)?.text.split('\n')[place.line - 1];
    if (text === undefined)
        return element('p', {}, placeLink(place, open));
    const from = Math.min(Math.max(0, place.col - 1), text.length);
    const to = place.endLine === place.line ? Math.min(text.length, Math.max(from + 1, place.endCol - 1)) : text.length;
    return element('div', { class: 'frame' }, element('p', {}, placeLink(place, open)), element('pre', { tabindex: 0 }, element('span', { class: 'number' }, `${place.line} `), text.slice(0, from), element('mark', {}, text.slice(from, to)), text.slice(to)));
}
const NODE_WIDTH = 168;
const NODE_HEIGHT = 40;
const GAP_X = 56;
const GAP_Y = 16;
function placeGraph({ nodes, edges }) {
    const columns = columnsOf(nodes.map((node) => node.id), edges);
    const rows = new Map();
    const heights = [];
    for (const [at, ids] of columns.entries()) {
        const wished = ids.map((id) => ({ id, row: meanRow(id, edges, rows) }));
        wished.sort((a, b) => a.row - b.row);
        wished.forEach(({ id }, row) => {
            rows.set(id, row);
        });
        heights[at] = ids.length;
    }
    const tallest = Math.max(1, ...heights);
    const column = new Map(columns.flatMap((ids, at) => ids.map((id) => [id, at])));
    const placed = nodes.map((node) => {
        const at = column.get(node.id) ?? 0;
        const free = tallest - (heights[at] ?? 1);
        return {
            ...node,
            x: at * (NODE_WIDTH + GAP_X),
            y: ((rows.get(node.id) ?? 0) + free / 2) * (NODE_HEIGHT + GAP_Y),
        };
    });
    const byId = new Map(placed.map((node) => [node.id, node]));
    return {
        nodes: placed,
        edges: edges.flatMap((edge) => {
            const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
            return from === undefined || to === undefined ? [] : [{ ...curve(from, to), kind: edge.kind, label: edge.label }];
        }),
        width: Math.max(1, columns.length) * (NODE_WIDTH + GAP_X) - GAP_X,
        height: tallest * (NODE_HEIGHT + GAP_Y) - GAP_Y,
    };
}
function columnsOf(ids, edges) {
    const depth = new Map(ids.map((id) => [id, 0]));
    for (let round = 0; round < ids.length; round += 1) {
        let moved = false;
        for (const { from, to } of edges) {
            const behind = (depth.get(from) ?? 0) + 1;
            if (from !== to && behind > (depth.get(to) ?? 0) && behind < ids.length + 1) {
                depth.set(to, behind);
                moved = true;
            }
        }
        if (!moved)
            break;
    }
    const columns = [];
    for (const id of ids) {
        const at = Math.min(depth.get(id) ?? 0, ids.length - 1);
        while (columns.length <= at)
            columns.push([]);
        columns[at]?.push(id);
    }
    return columns.filter((column) => column.length > 0);
}
function meanRow(id, edges, rows) {
    const before = edges.flatMap((edge) => (edge.to === id ? [rows.get(edge.from) ?? 0] : []));
    return before.length === 0 ? 0 : before.reduce((sum, row) => sum + row, 0) / before.length;
}
function curve(from, to) {
    const [x1, y1] = [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2];
    const [x2, y2] = [to.x, to.y + NODE_HEIGHT / 2];
    const bend = Math.max(24, (x2 - x1) / 2);
    return {
        path: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`,
        x: (x1 + x2) / 2,
        y: (y1 + y2) / 2,
    };
}
const MARGIN = 8;
function graphView(page, store, actions) {
    const words = store.words();
    if (page.before === undefined && page.after === undefined)
        return element('p', { class: 'empty' }, words('graphNone'));
    const partners = partnersOf(page);
    const view = element('div', { class: 'graphs' }, element('p', { class: 'quiet' }, words('graphHint')));
    const show = (keys) => {
        for (const node of view.querySelectorAll('[data-node]'))
            node.classList.toggle('linked', keys?.has(node.getAttribute('data-node') ?? '') === true);
    };
    const part = (title, graph, side) => {
        if (graph === undefined || graph.nodes.length === 0)
            return undefined;
        const keyOf = (node) => side === 'task' ? `task ${node.id}` : `template ${node.template ?? ''}`;
        const drawing = drawn(saying(placeGraph(graph), store), title, keyOf, {
            enter: (node) => show(new Set([keyOf(node), ...(partners.get(keyOf(node)) ?? [])])),
            leave: () => show(undefined),
            open: (node) => (side === 'task' ? actions.openTask(node.id) : actions.openTemplate(node.template ?? '')),
        });
        return element('figure', {}, element('figcaption', {}, title), element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, drawing));
    };
    view.append(...[part(words('graphBefore'), page.before, 'task'), part(words('graphAfter'), page.after, 'template')].filter((figure) => figure !== undefined));
    return view;
}
function saying(graph, { say }) {
    return { ...graph, edges: graph.edges.map((edge) => ({ ...edge, label: say(edge.label) })) };
}
function partnersOf({ steps }) {
    const partners = new Map();
    const add = (from, to) => {
        partners.set(from, (partners.get(from) ?? new Set()).add(to));
    };
    for (const { task, template } of steps) {
        if (template === '')
            continue;
        for (const name of template === 'exit-handler' ? [template, 'slack-notify'] : [template]) {
            add(`task ${task}`, `template ${name}`);
            add(`template ${name}`, `task ${task}`);
        }
    }
    return partners;
}
function drawn(graph, title, keyOf, on) {
    const edges = graph.edges.map(({ path, kind, label, x, y }) => svgElement('g', { class: `edge edge-${kind}` }, svgElement('path', { d: path, 'marker-end': 'url(#arrow)' }), label === '' ? undefined : svgElement('text', { x, y: y - 6, 'text-anchor': 'middle' }, label)));
    const nodes = graph.nodes.map((node) => svgElement('g', {
        class: 'node',
        transform: `translate(${node.x},${node.y})`,
        tabindex: 0,
        role: 'button',
        'aria-label': spokenLabel(node.label),
        'data-node': keyOf(node),
        mouseenter: () => on.enter(node),
        mouseleave: () => on.leave(),
        focus: () => on.enter(node),
        blur: () => on.leave(),
        click: () => on.open(node),
        keydown: (event) => {
            if (!(event instanceof KeyboardEvent) || (event.key !== 'Enter' && event.key !== ' '))
                return;
            event.preventDefault();
            on.open(node);
        },
    }, svgElement('title', {}, node.label), svgElement('rect', { width: NODE_WIDTH, height: NODE_HEIGHT, rx: 8 }), svgElement('text', { x: NODE_WIDTH / 2, y: NODE_HEIGHT / 2 + 4, 'text-anchor': 'middle' }, shortened(node.label))));
    const width = graph.width + MARGIN * 2;
    const height = graph.height + MARGIN * 2;
    return svgElement('svg', { width, height, viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`, role: 'group', 'aria-label': title }, svgElement('defs', {}, svgElement('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' }, svgElement('path', { d: 'M0,0 L8,4 L0,8 z' }))), ...edges, ...nodes);
}
function spokenLabel(label) {
    const shown = shortened(label);
    return shown === label ? label : `${shown}: ${label}`;
}
function shortened(label) {
    const last = label.includes(' / ') && label.length > 22 ? `…${label.slice(label.lastIndexOf(' / '))}` : label;
    return last.length > 22 ? `${last.slice(0, 21)}…` : last;
}
function proofView(proof, store) {
    const words = store.words();
    if (proof.length === 0)
        return element('p', { class: 'empty' }, words('verifyNone'));
    const environments = store.index.environments.filter((environment) => proof.some((row) => row.environment === environment));
    const starts = [...new Set(proof.map((row) => row.start))];
    const of = (start, environment) => proof.find((row) => row.start === start && row.environment === environment);
    const told = proof.filter((row) => row.differences.length > 0 || row.detail !== '');
    return element('div', {}, dataTable([words('start'), ...environments], starts.map((start) => [
        startName(start, words),
        ...environments.map((environment) => {
            const row = of(start, environment);
            return row === undefined ? '–' : verdictBadge(row.verdict, words);
        }),
    ]), { caption: words('proof') }), ...groupedDetails(told, store), element('p', {}, words('proofLimits')));
}
function groupedDetails(rows, store) {
    const groups = new Map();
    for (const row of rows) {
        const key = JSON.stringify([row.verdict, row.detail, row.differences]);
        groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()].map((group) => {
        const [first] = group;
        const words = store.words();
        const said = (value) => (first?.start === 'schedule' ? store.say(value) : value);
        const sessions = group.map(({ environment, start }) => `${environment} ${startName(start, words)}`);
        const where = `${sessions.slice(0, 3).join(', ')}${sessions.length > 3 ? ` +${sessions.length - 3}` : ''}`;
        return element('details', { open: first?.verdict === 'differs' }, element('summary', {}, first === undefined ? '' : verdictBadge(first.verdict, words), ' ', where), first === undefined || first.detail === '' ? undefined : element('p', {}, store.say(first.detail)), ...(first?.differences ?? []).map(({ path, legacy, argo, rule, legacySource, argoSource }) => element('div', { class: 'difference' }, element('p', {}, codeText(store.say(path)), rule === '' ? '' : ` ${words('rule')} ${rule}`), sideOf('Digdag', said(legacy), legacySource, 'minus'), sideOf('Argo', said(argo), argoSource, 'plus'))));
    });
}
function sideOf(name, value, source, kind) {
    return element('div', { class: kind }, element('p', { class: 'quiet' }, source === '' ? name : `${name} (${source})`), element('pre', { tabindex: 0 }, value === '' ? '–' : value));
}
function startName(start, words) {
    return start === 'schedule' ? words('proofSchedule') : start === 'others' ? words('proofOthers') : start;
}
function reviewFile(reviews) {
    const jobs = [...reviews]
        .filter(([, { state, note }]) => state !== undefined || note !== '')
        .sort(([a], [b]) => (a < b ? -1 : 1));
    const head = '# What people said about the migrated jobs. Written by reports/index.html, read back by `dig2argo convert` and\n# `dig2argo report`. Put it into the legacy folder and commit it. A job that changes after its review is shown as such.\nversion: 1\n';
    if (jobs.length === 0)
        return `${head}jobs: {}\n`;
    const entries = jobs.map(([job, { state, note, by, fingerprint }]) => [
        `  ${JSON.stringify(job)}:`,
        ...(state === undefined ? [] : [`    state: ${state}`]),
        ...(note === '' ? [] : [`    note: ${JSON.stringify(note)}`]),
        ...(by === undefined || by === '' ? [] : [`    by: ${JSON.stringify(by)}`]),
        `    fingerprint: ${JSON.stringify(fingerprint)}`,
    ].join('\n'));
    return `${head}jobs:\n${entries.join('\n')}\n`;
}
function reviewForm(row, store, changed) {
    const words = store.words();
    const known = store.review(row.job);
    const save = (changes, state) => {
        const before = store.review(row.job);
        const { state: old, ...rest } = before ?? { note: '', fingerprint: row.fingerprint };
        const chosen = state === undefined ? old : state === '' ? undefined : state;
        store.setReview(row.job, {
            ...rest,
            ...changes,
            ...(chosen === undefined ? {} : { state: chosen }),
            fingerprint: state === undefined ? rest.fingerprint : row.fingerprint,
        });
        badge.replaceChildren(reviewBadge(store.reviewOf(row), words));
        warning.hidden = store.reviewOf(row) !== 'changed';
        changed();
    };
    const choice = (value, text) => element('label', { class: 'choice' }, element('input', {
        type: 'radio',
        name: 'review',
        value,
        checked: (known?.state ?? '') === value,
        change: () => save({}, value),
    }), ` ${text}`);
    const badge = element('span', { class: 'review-state', role: 'status' }, reviewBadge(store.reviewOf(row), words));
    const warning = element('p', { class: 'warning' }, words('reviewChanged'));
    warning.hidden = store.reviewOf(row) !== 'changed';
    return element('section', { class: 'card review', 'aria-label': words('review') }, element('h2', {}, words('review'), ' ', badge), warning, element('fieldset', {}, element('legend', { class: 'hidden' }, words('review')), choice('', words('reviewNone')), choice('accepted', words('review.accepted')), choice('question', words('review.question'))), element('label', { for: 'review-note' }, words('reviewNote')), element('textarea', { id: 'review-note', rows: 2, input: (event) => save({ note: textOf(event) }, undefined) }, known?.note ?? ''), element('label', { for: 'review-by' }, words('reviewBy')), element('input', {
        id: 'review-by',
        value: known?.by ?? lastName(store),
        autocomplete: 'name',
        input: (event) => save({ by: textOf(event) }, undefined),
    }));
}
function textOf(event) {
    const { target } = event;
    return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : '';
}
function lastName(store) {
    return [...store.reviews().values()].flatMap(({ by }) => by ?? []).at(-1) ?? '';
}
function reviewDialog(store, saved) {
    const words = store.words();
    const text = reviewFile(store.reviews());
    const dialog = document.createElement('dialog');
    const download = element('a', {
        class: 'button',
        download: 'dig2argo.review.yaml',
        href: URL.createObjectURL(new Blob([text], { type: 'application/yaml' })),
        click: () => done(),
    }, words('reviewDownload'));
    const done = () => {
        store.markSaved();
        saved();
    };
    const area = element('textarea', { class: 'file', readonly: true, rows: 14, 'aria-label': 'dig2argo.review.yaml' }, text);
    dialog.setAttribute('aria-label', words('reviewSave'));
    dialog.append(element('h2', {}, words('reviewSave')), element('p', {}, words('reviewSaveHelp')), area, element('p', { class: 'buttons' }, download, element('button', {
        type: 'button',
        click: () => {
            if (area instanceof HTMLTextAreaElement)
                area.select();
            document.execCommand('copy');
            done();
        },
    }, words('reviewCopy')), element('button', { type: 'button', click: () => dialog.close() }, words('close'))));
    dialog.addEventListener('close', () => dialog.remove());
    return dialog;
}
function markdownView(text) {
    const blocks = text.replaceAll(/<!--[\s\S]*?-->/g, '').split('\n');
    const view = element('div', { class: 'markdown' });
    let at = 0;
    const takeWhile = (test) => {
        const taken = [];
        for (; at < blocks.length && test(blocks[at] ?? ''); at += 1)
            taken.push(blocks[at] ?? '');
        return taken;
    };
    while (at < blocks.length) {
        const line = blocks[at] ?? '';
        const heading = /^(#{1,5}) (.*)$/.exec(line);
        if (line.trim() === '')
            at += 1;
        else if (heading !== null) {
            view.append(element(`h${Math.min(6, (heading[1] ?? '').length + 2)}`, {}, ...inline(heading[2] ?? '')));
            at += 1;
        }
        else if (/^```/.test(line)) {
            at += 1;
            const code = takeWhile((each) => !/^```/.test(each));
            at += 1;
            view.append(element('pre', { tabindex: 0 }, code.join('\n')));
        }
        else if (/^\|/.test(line))
            view.append(tableOf(takeWhile((each) => /^\|/.test(each))));
        else if (/^(?:[-*]|\d+\.) /.test(line)) {
            const ordered = /^\d/.test(line);
            const items = takeWhile((each) => /^(?:[-*]|\d+\.) |^ {2,}\S/.test(each));
            view.append(element(ordered ? 'ol' : 'ul', {}, ...items.map((item) => element('li', {}, ...inline(item.replace(/^\s*(?:[-*]|\d+\.)? */, ''))))));
        }
        else {
            const lines = takeWhile((each) => each.trim() !== '' && !/^(?:#|```|\||[-*] |\d+\. )/.test(each));
            if (lines.length === 0) {
                view.append(element('p', {}, line));
                at += 1;
            }
            else
                view.append(element('p', {}, ...inline(lines.join(' '))));
        }
    }
    return view;
}
function tableOf(lines) {
    const rows = lines
        .filter((line) => !/^\|[\s:|-]*-[\s:|-]*\|$/.test(line))
        .map((line) => line
        .replaceAll(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')));
    const [head = [], ...body] = rows;
    const named = head.some((cell) => cell !== '');
    return element('div', { class: 'scroll', tabindex: 0 }, element('table', { class: 'data' }, named
        ? element('thead', {}, element('tr', {}, ...head.map((cell) => element('th', { scope: 'col' }, ...inline(cell)))))
        : undefined, element('tbody', {}, ...body.map((row) => element('tr', {}, ...row.map((cell, at) => named || at > 0 ? element('td', {}, ...inline(cell)) : element('th', { scope: 'row' }, ...inline(cell))))))));
}
function inline(text) {
    return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/).map((part) => {
        if (/^`[^`]+`$/.test(part))
            return element('code', {}, part.slice(1, -1));
        if (/^\*\*[^*]+\*\*$/.test(part))
            return element('strong', {}, part.slice(2, -2));
        const named = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
        return named === null ? part.replaceAll(/\\([\\`*_[\]<|])/g, '$1') : (named[1] ?? '');
    });
}
const DAY_MS = 86_400_000;
function calendarDays(schedule, now, days) {
    const { calendar, timezone } = schedule;
    if (calendar === undefined)
        return [];
    const zone = zoneClock(timezone);
    const first = zone.dayOf(now);
    const from = zone.instants(first, 0, 0).all[0] ?? now;
    const to = from + (days + 1) * DAY_MS;
    const legacy = calendar.legacy === undefined || !calendar.legacy.active
        ? []
        : legacyFires(calendar.legacy, zone, from, to).filter((fire) => isInRange(zone.dayOf(fire.at), calendar.legacy));
    const argo = schedule.suspended ? [] : argoFires(calendar.argo, zone, from, to);
    return Array.from({ length: days }, (_, at) => {
        const day = addDays(first, at);
        const onDay = (fire) => zone.dayOf(fire.at) === day;
        return { day, legacy: legacy.filter(onDay), argo: argo.filter(onDay) };
    });
}
function isInRange(day, range) {
    return (range?.start === undefined || day >= range.start) && (range?.end === undefined || day <= range.end);
}
function legacyFires({ kind, pattern, delaySeconds }, zone, from, to) {
    const delay = delaySeconds * 1000;
    if (kind === 'seconds_interval') {
        const step = Number(pattern) * 1000;
        if (!(step >= 60_000))
            return [];
        const fires = [];
        for (let at = Math.ceil((from - delay) / step) * step; at + delay < to; at += step)
            fires.push({ at: at + delay, session: at });
        return fires;
    }
    return cronTimes(pattern, zone, from - delay - DAY_MS, to - delay, 'and').flatMap((session) => session + delay >= from && session + delay < to ? [{ at: session + delay, session }] : []);
}
function argoFires({ schedules, weekdays }, zone, from, to) {
    const times = new Set(schedules.flatMap((pattern) => cronTimes(pattern, zone, from, to, 'or')));
    return [...times]
        .filter((at) => at >= from && (weekdays === undefined || weekdays.includes(weekdayOf(zone.dayOf(at)))))
        .sort((a, b) => a - b)
        .map((at) => ({ at }));
}
function cronTimes(pattern, zone, from, to, both) {
    const fields = cronFields(pattern);
    if (fields === undefined)
        return [];
    const times = [];
    const last = zone.dayOf(to);
    for (let day = zone.dayOf(from); day <= last; day = addDays(day, 1)) {
        if (!onDay(fields, day, both))
            continue;
        for (const hour of fields.hours)
            for (const minute of fields.minutes) {
                const { all, lenient } = zone.instants(day, hour, minute);
                for (const at of both === 'and' ? [all.at(-1) ?? lenient] : all)
                    if (at >= from && at < to)
                        times.push(at);
            }
    }
    return times.sort((a, b) => a - b);
}
function onDay(fields, day, both) {
    if (!fields.months.has(Number(day.slice(5, 7))))
        return false;
    const inMonth = fields.days.has(Number(day.slice(8, 10)));
    const inWeek = fields.weekdays.has(weekdayOf(day));
    if (both === 'and' || fields.anyDay || fields.anyWeekday)
        return inMonth && inWeek;
    return inMonth || inWeek;
}
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdayNames = 'sun mon tue wed thu fri sat'.split(' ');
function cronFields(pattern) {
    const parts = pattern.trim().split(/\s+/);
    const [minute, hour, day, month, weekday] = parts;
    if (parts.length !== 5 ||
        minute === undefined ||
        hour === undefined ||
        day === undefined ||
        month === undefined ||
        weekday === undefined)
        return undefined;
    const sets = [
        cronSet(minute, 0, 59, []),
        cronSet(hour, 0, 23, []),
        cronSet(day, 1, 31, []),
        cronSet(month, 1, 12, monthNames),
        cronSet(weekday, 0, 7, weekdayNames),
    ];
    const [minutes, hours, days, months, weekdays] = sets;
    if (minutes === undefined ||
        hours === undefined ||
        days === undefined ||
        months === undefined ||
        weekdays === undefined)
        return undefined;
    return {
        minutes,
        hours,
        days,
        months,
        weekdays: new Set([...weekdays].map((number) => number % 7)),
        anyDay: /^[*?]/.test(day),
        anyWeekday: /^[*?]/.test(weekday),
    };
}
function cronSet(text, low, high, names) {
    const found = new Set();
    for (const item of text.split(',')) {
        const match = /^(\*|\?|[A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?(?:\/(\d+))?$/.exec(item);
        if (match === null)
            return undefined;
        const [, first = '', second, step] = match;
        const every = first === '*' || first === '?';
        const from = every ? low : cronNumber(first, low, names);
        const to = every ? high : second !== undefined ? cronNumber(second, low, names) : step === undefined ? from : high;
        if (Number.isNaN(from) || Number.isNaN(to))
            return undefined;
        for (let number = from; number <= to; number += Math.max(1, Number(step ?? 1)))
            found.add(number);
    }
    return found;
}
function cronNumber(text, low, names) {
    const name = names.indexOf(text.slice(0, 3).toLowerCase());
    return name < 0 ? Number(text) : name + low;
}
function zoneClock(timezone) {
    const format = zoneFormat(timezone);
    const offsets = new Map();
    const offsetAt = (at) => {
        const quarter = Math.floor(at / 900_000);
        const known = offsets.get(quarter);
        if (known !== undefined)
            return known;
        const parts = new Map(format.formatToParts(quarter * 900_000).map((part) => [part.type, Number(part.value)]));
        const of = (type) => parts.get(type) ?? 0;
        const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
        const offset = local - quarter * 900_000;
        offsets.set(quarter, offset);
        return offset;
    };
    return {
        dayOf: (at) => new Date(at + offsetAt(at)).toISOString().slice(0, 10),
        instants: (day, hour, minute) => {
            const local = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000 + minute * 60_000;
            const lenient = local - offsetAt(local - DAY_MS);
            const guesses = new Set([lenient, local - offsetAt(local + DAY_MS)]);
            return { all: [...guesses].filter((guess) => guess + offsetAt(guess) === local).sort((a, b) => a - b), lenient };
        },
    };
}
function zoneFormat(timezone) {
    const options = {
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
    };
    try {
        return new Intl.DateTimeFormat('en-US', { ...options, timeZone: timezone });
    }
    catch {
        return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
    }
}
function addDays(day, count) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}
function weekdayOf(day) {
    return new Date(`${day}T00:00:00Z`).getUTCDay();
}
const DAYS = 42;
const SHOWN = 12;
function scheduleView(schedules, store, now) {
    const words = store.words();
    if (schedules.length === 0)
        return element('p', { class: 'empty' }, words('scheduleNone'));
    const compared = schedules.some(({ verdict }) => verdict !== undefined);
    const table = dataTable([
        words('environment'),
        'Digdag',
        'Argo',
        words('timezone'),
        words('changed'),
        ...(compared ? [words('proofSchedule')] : []),
    ], schedules.map(({ environment, legacy, argo, timezone, suspended, changed, verdict }) => [
        environment,
        legacy === 'none' ? words('none') : element('code', {}, legacy),
        element('span', {}, element('code', {}, argo), suspended ? ` (${words('suspended')})` : ''),
        timezone,
        changed === '' ? '–' : store.say(changed),
        ...(compared ? [verdict === undefined ? '–' : verdictBadge(verdict, words)] : []),
    ]), { caption: words('schedule') });
    const calendars = element('div');
    const draw = (environment) => {
        const schedule = schedules.find((each) => each.environment === environment);
        if (schedule !== undefined)
            calendars.replaceChildren(...calendarOf(schedule, store, now));
    };
    const first = schedules.find((each) => each.environment === store.index.reference) ?? schedules[0];
    const select = element('select', {
        id: 'calendar-environment',
        change: (event) => {
            if (event.target instanceof HTMLSelectElement)
                draw(event.target.value);
        },
    }, ...schedules.map(({ environment }) => element('option', { value: environment, selected: environment === first?.environment }, environment)));
    if (first !== undefined)
        draw(first.environment);
    return element('div', {}, table, element('h3', {}, words('nextStarts')), element('div', { class: 'field' }, element('label', { for: 'calendar-environment' }, words('environment')), select), calendars);
}
function calendarOf(schedule, store, now) {
    const words = store.words();
    const days = calendarDays(schedule, now, DAYS);
    const rows = days
        .flatMap(pairsOf)
        .filter(({ at }) => at >= now)
        .slice(0, SHOWN);
    if (rows.length === 0)
        return [element('p', { class: 'empty' }, words('nextNone', { n: DAYS }))];
    const time = (at) => at === undefined ? '–' : element('span', { class: 'time' }, localText(at, schedule.timezone, store));
    return [
        monthGrid(days, store),
        dataTable([words('session'), words('digdagStarts'), words('argoStarts'), ''], rows.map(({ legacy, argo }) => [
            time(legacy?.session),
            time(legacy?.at),
            time(argo?.at),
            words(legacy === undefined ? 'onlyArgo' : argo === undefined ? 'onlyDigdag' : 'sameTime'),
        ]), { caption: words('nextStarts') }),
    ];
}
function pairsOf({ legacy, argo }) {
    const times = [...new Set([...legacy, ...argo].map((fire) => fire.at))].sort((a, b) => a - b);
    return times.map((at) => {
        const [mine, theirs] = [legacy.find((fire) => fire.at === at), argo.find((fire) => fire.at === at)];
        return { at, ...(mine === undefined ? {} : { legacy: mine }), ...(theirs === undefined ? {} : { argo: theirs }) };
    });
}
function monthGrid(days, store) {
    const words = store.words();
    const blanks = Array.from({ length: days[0] === undefined ? 0 : weekdayOf(days[0].day) }, () => element('span', { class: 'day blank' }));
    const cells = days.map((day, at) => {
        const pairs = pairsOf(day);
        const same = pairs.filter((pair) => pair.legacy !== undefined && pair.argo !== undefined).length;
        const kind = pairs.length === 0 ? 'none' : same === pairs.length ? 'same' : 'other';
        const label = `${day.day}: Digdag ${day.legacy.length}, Argo ${day.argo.length}`;
        return element('span', { class: `day day-${kind}`, title: label, role: 'img', 'aria-label': label }, element('span', { class: 'date' }, dateText(day.day, at === 0)), element('span', { class: 'starts' }, pairs.length === 0 ? '' : kind === 'same' ? `✓ ${pairs.length}` : `≠ ${day.legacy.length}/${day.argo.length}`));
    });
    const names = weekdaysIn(store);
    return element('div', { class: 'month', role: 'group', 'aria-label': words('nextStarts') }, ...names.map((name) => element('span', { class: 'weekday', 'aria-hidden': 'true' }, name)), ...blanks, ...cells);
}
const shownWeekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
function weekdaysIn(store) {
    return store.language() === 'ja' ? [...'日月火水木金土'] : shownWeekdays;
}
function dateText(day, first) {
    const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8))];
    return first || date === 1 ? `${month}/${date}` : String(date);
}
function localText(at, timezone, store) {
    const options = {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        weekday: 'short',
    };
    const format = (zone) => {
        const parts = new Map(new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone })
            .formatToParts(at)
            .map((part) => [part.type, part.value]));
        const of = (type) => parts.get(type) ?? '';
        const weekday = weekdaysIn(store)[shownWeekdays.indexOf(of('weekday'))] ?? '';
        return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')} ${weekday}`;
    };
    try {
        return format(timezone);
    }
    catch {
        return format('UTC');
    }
}
const english = {
    title: 'Migration report',
    overview: 'Overview',
    plan: 'Plan',
    skip: 'Skip to content',
    language: '日本語',
    theme: 'Colours',
    jobsIn: '{n} jobs in {environments}',
    jobs: 'Jobs',
    job: 'Job',
    'status.converted': 'converted',
    'status.to-confirm': 'decisions to confirm',
    'status.needs-work': 'needs work',
    'statusHelp.converted': 'nothing to decide',
    'statusHelp.to-confirm': 'a policy or a difference between environments wants a look',
    'statusHelp.needs-work': 'an error, or something that the tool could not account for',
    lines: 'Lines',
    linesBefore: 'before',
    linesAfter: 'after',
    linesOf: '{environment} alone',
    accounting: 'Accounting',
    accountingText: '{consumed} parts of the legacy tree converted, {dropped} dropped by a rule',
    accountingNone: 'nothing unaccounted',
    accountingLeft: '{n} unaccounted',
    verification: 'Proof',
    verifyNone: 'Not run yet. dig2argo verify proves, for each job, environment and session, that Argo starts what Digdag started.',
    proofLimits: 'Not part of any verdict: what the API server and its admission plug-ins add or refuse; what is inside images, and how programs end; on which node and how soon a pod starts, how long a launcher waits, and the time between attempts; starts made up for after a server or controller was down.',
    remaining: 'Remaining work',
    remainingNone: 'No work is left.',
    remainingText: '{p50} likely, {p90} at most in nine of ten cases',
    families: 'Families',
    familiesNone: 'Not looked for. dig2argo dedup finds near-identical jobs.',
    familyText: '{members} members, {parameters} parameters, {before} → {after} lines',
    gains: 'What is gained',
    gainSeconds: '{n} s of launcher work per run are gone',
    gainPods: '{n} launcher starts per run are gone',
    gainLines: '{n} lines fewer to maintain',
    gainFailures: 'Ways to fail that are gone',
    reviewed: 'Reviewed',
    reviewedText: '{n} of {all} jobs accepted',
    baseline: 'Since the baseline',
    baselineWorse: 'worse',
    baselineBetter: 'better',
    baselineNew: 'new',
    baselineGone: 'gone',
    baselineNone: 'Nothing changed.',
    generalFindings: 'Findings that belong to no job',
    search: 'Search',
    searchHint: 'name, owner, schedule, code or rule',
    all: 'all',
    none: 'none',
    'filter.status': 'Status',
    'filter.review': 'Review',
    'filter.env': 'Environment',
    'filter.schedule': 'Schedule',
    'filter.owner': 'Owner',
    'filter.code': 'Finding',
    'filter.rule': 'Rule',
    'filter.verdict': 'Proof',
    clear: 'Clear filters',
    shown: '{n} of {all} jobs',
    showMore: 'Show {n} more',
    nothingFound: 'No job matches.',
    noJobs: 'Nothing was converted. The findings below say why.',
    'column.job': 'Job',
    'column.status': 'Status',
    'column.owner': 'Owner',
    'column.schedule': 'Schedule',
    'column.lines': 'Lines',
    'column.findings': 'Findings',
    'column.work': 'Work left',
    'column.review': 'Review',
    error: 'error',
    errors: 'errors',
    warning: 'warning',
    warnings: 'warnings',
    info: 'note',
    infos: 'notes',
    noFindings: 'none',
    'verdict.proved': 'proved',
    'verdict.proved-given': 'proved given',
    'verdict.observed': 'observed',
    'verdict.differs': 'differs',
    'verdict.not-provable': 'not provable',
    'verdict.-': 'not run',
    'review.accepted': 'accepted',
    'review.question': 'question',
    'review.changed': 'changed since',
    'review.-': 'open',
    review: 'Review',
    reviewNone: 'not yet',
    reviewNote: 'Note',
    reviewBy: 'Your name',
    reviewChanged: 'Its legacy or output files changed after the review. Look at it again.',
    reviewUnsaved: '{n} unsaved',
    reviewSave: 'Save review',
    reviewSaveHelp: 'Put dig2argo.review.yaml into the legacy folder and commit it. The next convert or report reads it back.',
    reviewDownload: 'Download dig2argo.review.yaml',
    reviewCopy: 'Copy',
    close: 'Close',
    back: 'All jobs',
    unknownJob: 'There is no job of this name in the report.',
    jobTodo: 'To do by hand',
    findings: 'Findings',
    findingsNone: 'No findings.',
    todo: 'To do',
    morePlaces: 'and {n} more places',
    notes: '{n} notes',
    decisions: 'Decisions taken by policies',
    graph: 'Before and after',
    graphBefore: 'Digdag: steps',
    graphAfter: 'Argo: pods',
    graphHint: 'Point at a step to see what it became. Open one to see its lines.',
    graphNone: 'It cannot be drawn.',
    code: 'Line by line',
    codeHint: 'Choose a line: its counterpart is shown on the other side, and why it is there below. Arrow keys move, Enter follows.',
    legacyFile: 'Legacy file',
    outputFile: 'Output file',
    whyHere: 'Why is this line here?',
    whatBecame: 'What became of this line?',
    chooseLine: 'Choose a line on either side.',
    becameNothing: 'Nothing in the output comes from this line alone.',
    fromConversion: 'The conversion adds it; no line of the legacy tree says it.',
    'via.source': 'written in',
    'via.template': 'template',
    'via.variable': 'variable',
    'via.include': 'included in',
    'via.condition': 'under the condition in',
    'via.rule': 'rule',
    'via.default': 'default:',
    parameters: 'Parameters per environment',
    parametersNone: 'It has no parameters.',
    parameter: 'Parameter',
    origin: 'From',
    originOwn: 'the conversion itself',
    differs: 'differs',
    schedule: 'Schedule',
    scheduleNone: 'Nothing starts it on its own: it is called, or run by hand.',
    environment: 'Environment',
    timezone: 'Time zone',
    suspended: 'suspended',
    changed: 'What changes',
    nextStarts: 'Next starts, computed by this browser',
    nextNone: 'No start in the next {n} days.',
    session: 'Session',
    digdagStarts: 'Digdag starts',
    argoStarts: 'Argo starts',
    sameTime: 'same time',
    onlyDigdag: 'Digdag only',
    onlyArgo: 'Argo only',
    launchers: 'What the launchers did',
    launcherWhat: 'What',
    launcherFate: 'What became of it',
    launcherFor: 'For',
    'fate.kept': 'kept as',
    'fate.unnecessary': 'no longer needed:',
    'fate.lost': 'lost:',
    accepted: 'Accepted differences',
    acceptedPath: 'In the legacy pod',
    reason: 'Why',
    rule: 'Rule',
    proof: 'Proof',
    start: 'Session',
    proofSchedule: 'Starts of a year',
    proofOthers: 'Everything else',
    runbook: 'Runbook',
    source: 'Source',
    steps: 'Steps',
    backfillable: 'past dates can be run',
    notBackfillable: 'past dates cannot be run: a program asks the clock',
    owner: 'Owner',
    planOrder: 'Which jobs first',
    planOrderText: 'Groups of jobs that move together, the safest first.',
    planCutover: 'Cut-over',
    planNone: 'This report has no plan. dig2argo audit makes one.',
    'cutover.offered': 'ready',
    'cutover.waiting': 'waiting',
    'cutover.done': 'done',
    risk: 'Risk',
    because: 'Because',
    constructs: 'What the legacy tree uses',
    'group.known': 'known',
    'group.needs-decision': 'needs a decision',
    'group.unknown': 'unknown',
    count: 'Count',
    kind: 'Kind',
    minutes: 'Minutes',
    sharedText: '{n} of them with a family',
    loading: 'Loading…',
};
const japanese = {
    title: '移行レポート',
    overview: '概要',
    plan: '計画',
    skip: '本文へ',
    language: 'English',
    theme: '配色',
    jobsIn: '{environments} のジョブ {n} 件',
    jobs: 'ジョブ',
    job: 'ジョブ',
    'status.converted': '変換済み',
    'status.to-confirm': '要確認',
    'status.needs-work': '要対応',
    'statusHelp.converted': '判断することはありません',
    'statusHelp.to-confirm': 'ポリシーまたは環境間の差異を確認してください',
    'statusHelp.needs-work': 'エラー、または行き先の説明できない箇所があります',
    lines: '行数',
    linesBefore: '移行前',
    linesAfter: '移行後',
    linesOf: '{environment} のみ',
    accounting: '変換の内訳',
    accountingText: '移行元の {consumed} 箇所を変換、{dropped} 箇所をルールにより削除',
    accountingNone: '説明のつかない箇所はありません',
    accountingLeft: '説明のつかない箇所が {n} 件',
    verification: '証明',
    verifyNone: '未実行です。dig2argo verify は、ジョブ・環境・セッションごとに Argo が Digdag と同じものを起動することを証明します。',
    proofLimits: '判定の対象外: API サーバーとアドミッションプラグインが追加・拒否するもの、イメージの中身とプログラムの終わり方、Pod がどのノードでいつ起動するか・起動スクリプトの待ち時間・再試行の間隔、サーバーやコントローラーの停止後に補われる起動。',
    remaining: '残り作業',
    remainingNone: '残り作業はありません。',
    remainingText: '見込み {p50}、10 件中 9 件は {p90}以内',
    families: '類似ジョブ群',
    familiesNone: '未調査です。dig2argo dedup で類似ジョブを探せます。',
    familyText: '{members} 件、パラメータ {parameters} 個、{before} → {after} 行',
    gains: '移行の効果',
    gainSeconds: '1 回の実行あたり起動スクリプトの処理 {n} 秒がなくなります',
    gainPods: '1 回の実行あたり起動スクリプトの実行 {n} 回がなくなります',
    gainLines: '保守する行が {n} 行減ります',
    gainFailures: 'なくなる障害要因',
    reviewed: 'レビュー',
    reviewedText: '{all} 件中 {n} 件を承認',
    baseline: '前回からの変化',
    baselineWorse: '悪化',
    baselineBetter: '改善',
    baselineNew: '追加',
    baselineGone: '削除',
    baselineNone: '変化はありません。',
    generalFindings: 'ジョブに属さない指摘',
    search: '検索',
    searchHint: '名前・担当・スケジュール・コード・ルール',
    all: 'すべて',
    none: 'なし',
    'filter.status': '状態',
    'filter.review': 'レビュー',
    'filter.env': '環境',
    'filter.schedule': 'スケジュール',
    'filter.owner': '担当',
    'filter.code': '指摘',
    'filter.rule': 'ルール',
    'filter.verdict': '証明',
    clear: '条件をクリア',
    shown: '{all} 件中 {n} 件',
    showMore: 'さらに {n} 件を表示',
    nothingFound: '該当するジョブはありません。',
    noJobs: '変換されたジョブはありません。理由は下の指摘をご覧ください。',
    'column.job': 'ジョブ',
    'column.status': '状態',
    'column.owner': '担当',
    'column.schedule': 'スケジュール',
    'column.lines': '行数',
    'column.findings': '指摘',
    'column.work': '残り作業',
    'column.review': 'レビュー',
    error: 'エラー',
    errors: 'エラー',
    warning: '警告',
    warnings: '警告',
    info: '注記',
    infos: '注記',
    noFindings: 'なし',
    'verdict.proved': '証明済み',
    'verdict.proved-given': '条件付きで証明',
    'verdict.observed': '実績と一致',
    'verdict.differs': '相違あり',
    'verdict.not-provable': '証明不可',
    'verdict.-': '未実行',
    'review.accepted': '承認',
    'review.question': '質問あり',
    'review.changed': '承認後に変更',
    'review.-': '未レビュー',
    review: 'レビュー',
    reviewNone: '未レビュー',
    reviewNote: 'メモ',
    reviewBy: '名前',
    reviewChanged: 'レビュー後に移行元または出力のファイルが変わりました。もう一度確認してください。',
    reviewUnsaved: '未保存 {n} 件',
    reviewSave: 'レビューを保存',
    reviewSaveHelp: 'dig2argo.review.yaml を移行元フォルダーに置いてコミットしてください。次の convert または report が読み込みます。',
    reviewDownload: 'dig2argo.review.yaml をダウンロード',
    reviewCopy: 'コピー',
    close: '閉じる',
    back: 'ジョブ一覧',
    unknownJob: 'この名前のジョブはレポートにありません。',
    jobTodo: '手作業',
    findings: '指摘',
    findingsNone: '指摘はありません。',
    todo: '対応',
    morePlaces: 'ほか {n} 箇所',
    notes: '注記 {n} 件',
    decisions: 'ポリシーによる決定',
    graph: '移行前と移行後',
    graphBefore: 'Digdag のステップ',
    graphAfter: 'Argo の Pod',
    graphHint: 'ステップを指すと対応先が強調されます。開くと該当行を表示します。',
    graphNone: '図にできません。',
    code: '行ごとの対応',
    codeHint: '行を選ぶと反対側の対応行を示し、下にその理由を表示します。矢印キーで移動、Enter で対応先へ移ります。',
    legacyFile: '移行元ファイル',
    outputFile: '出力ファイル',
    whyHere: 'この行はなぜここにあるのか',
    whatBecame: 'この行はどうなったのか',
    chooseLine: 'どちらかの行を選んでください。',
    becameNothing: 'この行だけに由来する出力はありません。',
    fromConversion: '変換が追加したもので、移行元に対応する行はありません。',
    'via.source': '記述元',
    'via.template': 'テンプレート',
    'via.variable': '変数',
    'via.include': '取り込み元',
    'via.condition': '条件',
    'via.rule': 'ルール',
    'via.default': '既定:',
    parameters: '環境ごとのパラメータ',
    parametersNone: 'パラメータはありません。',
    parameter: 'パラメータ',
    origin: '由来',
    originOwn: '変換が追加',
    differs: '相違',
    schedule: 'スケジュール',
    scheduleNone: '自動では起動しません。呼び出されるか、手動で実行します。',
    environment: '環境',
    timezone: 'タイムゾーン',
    suspended: '停止中',
    changed: '変わる点',
    nextStarts: '次回以降の起動（このブラウザで計算）',
    nextNone: '今後 {n} 日間の起動はありません。',
    session: 'セッション',
    digdagStarts: 'Digdag の起動',
    argoStarts: 'Argo の起動',
    sameTime: '同時刻',
    onlyDigdag: 'Digdag のみ',
    onlyArgo: 'Argo のみ',
    launchers: '起動スクリプトの処理',
    launcherWhat: '内容',
    launcherFate: '移行後',
    launcherFor: '対象',
    'fate.kept': '引き継ぎ:',
    'fate.unnecessary': '不要:',
    'fate.lost': '失われる:',
    accepted: '意図した差異',
    acceptedPath: '移行元の Pod の項目',
    reason: '理由',
    rule: 'ルール',
    proof: '証明',
    start: 'セッション',
    proofSchedule: '1 年分の起動時刻',
    proofOthers: 'その他',
    runbook: '運用手順',
    source: '移行元',
    steps: 'ステップ',
    backfillable: '過去日付で再実行できます',
    notBackfillable: '過去日付では再実行できません（プログラムが現在時刻を使います）',
    owner: '担当',
    planOrder: '移行の順番',
    planOrderText: '一緒に移すジョブのまとまりを、安全なものから並べています。',
    planCutover: '切り替え',
    planNone: 'このレポートに計画はありません。dig2argo audit で作成します。',
    'cutover.offered': '実施可能',
    'cutover.waiting': '待機',
    'cutover.done': '完了',
    risk: 'リスク',
    because: '理由',
    constructs: '移行元で使われている機能',
    'group.known': '対応済み',
    'group.needs-decision': '要判断',
    'group.unknown': '未対応',
    count: '件数',
    kind: '種類',
    minutes: '分',
    sharedText: 'うち {n} 件は類似ジョブと共通',
    loading: '読み込み中…',
};
const dictionaries = { en: english, ja: japanese };
function wordsOf(language) {
    const dictionary = dictionaries[language];
    return (key, values = {}) => dictionary[key].replaceAll(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === 'number' ? grouped(value) : value;
    });
}
function grouped(value) {
    return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
function duration(minutes, language) {
    if (minutes < 90)
        return language === 'ja' ? `${Math.round(minutes)} 分` : `${Math.round(minutes)} min`;
    const hours = Math.round(minutes / 6) / 10;
    if (hours < 16)
        return language === 'ja' ? `${hours} 時間` : `${hours} h`;
    const days = Math.round(hours / 0.8) / 10;
    return language === 'ja' ? `${days} 人日` : `${days} person days`;
}
function change(before, after) {
    if (before === 0)
        return '–';
    const percent = Math.round(((after - before) / before) * 100);
    return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}
function jobView(store, address, actions) {
    const words = store.words();
    const at = store.index.jobs.findIndex((row) => row.job === address.job);
    const row = store.index.jobs[at];
    const page = row === undefined ? undefined : store.jobPage(at);
    const back = link(actions.list, { class: 'back' }, `← ${words('back')}`);
    if (row === undefined)
        return element('div', { class: 'view' }, back, element('p', { class: 'empty' }, words('unknownJob')));
    if (page === undefined)
        return element('div', { class: 'view' }, back, element('p', { class: 'empty' }, words('loading')));
    let current = address;
    const code = codeView(page, store, (line) => {
        current = withSettings(current, { side: line.side, file: line.file, line: String(line.line) });
        actions.go(current, true);
    });
    const open = (to) => {
        code.open(to);
        document.getElementById('section-code')?.scrollIntoView();
    };
    const sections = sectionsOf(row, page, store, code, open, actions.now);
    const view = element('div', { class: 'view job-view' }, back, element('h1', {}, row.job, ' ', statusBadge(row.status, words)), facts(row, page, store), element('nav', { class: 'sections', 'aria-label': row.job }, ...sections.map(([key, id]) => element('a', { href: `#section-${id}`, click: (event) => jump(event, id) }, words(key)))), reviewForm(row, store, actions.reviewed), ...sections.map(([key, id, body]) => element('section', { id: `section-${id}`, class: 'job-section', tabindex: -1, 'aria-label': words(key) }, element('h2', {}, words(key)), body)));
    const line = lineOf(address);
    if (line !== undefined)
        requestAnimationFrame(() => {
            if (actions.arrived)
                document.getElementById('section-code')?.scrollIntoView({ behavior: 'instant' });
            code.open(line);
        });
    return view;
}
function jump(event, id) {
    event.preventDefault();
    const section = document.getElementById(`section-${id}`);
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
}
function lineOf({ settings }) {
    const [side, file, line] = [settings.get('side'), settings.get('file'), Number(settings.get('line'))];
    if ((side !== 'legacy' && side !== 'output') || file === undefined || !(line > 0))
        return undefined;
    return { side, file, line };
}
function facts(row, page, store) {
    const words = store.words();
    const list = [
        ['Argo', `${row.name} (${page.kind})`],
        [words('environment'), row.environments.join(', ')],
        ...(row.owner === '' ? [] : [[words('owner'), row.owner]]),
        [
            words('lines'),
            `${grouped(row.lines.before)} → ${grouped(row.lines.after)} (${change(row.lines.before, row.lines.after)})`,
        ],
        ['target_date', words(page.backfillable ? 'backfillable' : 'notBackfillable')],
        ...(row.minutes === undefined || row.minutes.p50 === 0
            ? []
            : [
                [
                    words('remaining'),
                    `${duration(row.minutes.p50, store.language())} – ${duration(row.minutes.p90, store.language())}`,
                ],
            ]),
    ];
    return element('dl', { class: 'facts' }, ...list.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}
function sectionsOf(row, page, store, code, open, now) {
    const words = store.words();
    const graph = graphView(page, store, {
        openTask: (task) => {
            const step = page.steps.find((each) => each.task === task);
            if (step !== undefined)
                open({ side: 'legacy', file: step.file, line: step.line });
        },
        openTemplate: (template) => {
            const base = page.outputs.find((output) => output.path.endsWith('/workflow.yaml'));
            const line = base === undefined ? 0 : base.text.split('\n').findIndex((text) => text.trim() === `- name: ${template}`) + 1;
            if (base !== undefined && line > 0)
                open({ side: 'output', file: base.path, line });
        },
    });
    return [
        ['findings', 'findings', findingsSection(page, store, (file, line) => open({ side: 'legacy', file, line }))],
        ['graph', 'graph', graph],
        ['code', 'code', code.root],
        ['parameters', 'parameters', parametersSection(row, page, store)],
        ['schedule', 'schedule', scheduleView(page.schedules, store, now)],
        ['proof', 'proof', proofView(page.proof, store)],
        ...(page.launchers.length === 0 ? [] : [['launchers', 'launchers', launchersSection(page, store, open)]]),
        ...(page.accepted.length === 0
            ? []
            : [
                [
                    'accepted',
                    'accepted',
                    dataTable([words('acceptedPath'), words('reason'), words('rule')], page.accepted.map(({ path, reason, rule }) => [codeText(path), store.say(reason), codeText(rule)]), { caption: words('accepted') }),
                ],
            ]),
        ...(page.cutovers.length === 0 ? [] : [['planCutover', 'cutover', switchSection(page, store)]]),
        ...(page.gains === undefined ? [] : [['gains', 'gains', gainsSection(page.gains, store)]]),
        ...(page.runbook === '' ? [] : [['runbook', 'runbook', markdownView(page.runbook)]]),
    ];
}
function findingsSection(page, store, open) {
    const words = store.words();
    return element('div', {}, page.manual.length === 0
        ? undefined
        : element('div', {}, element('h3', {}, words('jobTodo')), element('ul', { class: 'todo' }, ...page.manual.map((text) => element('li', {}, store.say(text))))), findingList(page.findings, store, open), page.decisions.length === 0
        ? undefined
        : element('details', {}, element('summary', {}, words('decisions')), element('ul', { class: 'plain' }, ...page.decisions.map(({ policy, text }) => element('li', {}, codeText(policy), `: ${store.say(text)}`)))));
}
function parametersSection(row, page, store) {
    const words = store.words();
    if (page.parameters.length === 0)
        return element('p', { class: 'empty' }, words('parametersNone'));
    return dataTable([words('parameter'), ...row.environments, words('origin')], page.parameters.map(({ name, origin, values }) => {
        const shown = row.environments.map((environment) => values[environment] ?? '');
        const differs = new Set(shown).size > 1;
        return [
            element('span', {}, codeText(name), differs ? element('span', { class: 'differs' }, ` ${words('differs')}`) : undefined),
            ...shown.map((value) => (value === '' ? '–' : codeText(value))),
            origin === '' ? words('originOwn') : codeText(origin),
        ];
    }), { caption: words('parameters') });
}
function launchersSection(page, store, open) {
    const words = store.words();
    return dataTable([words('launcherWhat'), words('launcherFate'), words('launcherFor'), words('rule'), words('source')], page.launchers.map(({ what, fate, why, tasks, rule, file, line }) => [
        store.say(what),
        `${fate === 'kept' || fate === 'unnecessary' || fate === 'lost' ? words(`fate.${fate}`) : fate} ${store.say(why)}`,
        tasks.length > 3 ? `${tasks.length} ${words('steps')}` : tasks.join(', '),
        codeText(rule),
        element('button', { type: 'button', class: 'place', click: () => open({ side: 'legacy', file, line }) }, `${file}:${line}`),
    ]), { caption: words('launchers') });
}
function gainsSection(gains, store) {
    const words = store.words();
    return element('ul', { class: 'plain' }, element('li', {}, words('gainSeconds', { n: Math.round(gains.launcherSeconds) })), element('li', {}, words('gainPods', { n: gains.podsSaved })), element('li', {}, words('gainLines', { n: gains.linesSaved })), ...(gains.failureModes.length === 0
        ? []
        : [
            element('li', {}, `${words('gainFailures')}: `, element('ul', { class: 'plain' }, ...gains.failureModes.map(({ what, places }) => element('li', {}, `${grouped(places)} × ${store.say(what)}`)))),
        ]));
}
function switchSection(page, store) {
    const words = store.words();
    return element('div', {}, ...page.cutovers.map(({ environment, state, why, steps }) => element('details', {}, element('summary', {}, store.language() === 'ja'
        ? `${environment}: ${words(`cutover.${state}`)}（${store.say(why)}）`
        : `${environment}: ${words(`cutover.${state}`)} (${store.say(why)})`), element('ol', {}, ...steps.map((step) => element('li', {}, ...withCommands(store.say(step))))))));
}
function withCommands(step) {
    return step
        .split(/(make \w+ ENV=\S+ JOB=\S+|digdag disable <[^>]+> \S+|digdag enable|argo submit)/)
        .map((part, at) => (at % 2 === 1 ? codeText(part) : part));
}
const filterNames = ['status', 'review', 'env', 'schedule', 'owner', 'code', 'rule', 'verdict'];
const sortNames = ['job', 'status', 'owner', 'schedule', 'lines', 'findings', 'work', 'review'];
const statusOrder = { 'needs-work': 0, 'to-confirm': 1, converted: 2 };
const verdictOrder = ['differs', 'not-provable', 'proved-given', 'observed', 'proved'];
function worstVerdict({ verdicts }) {
    const kinds = new Set(Object.values(verdicts));
    return verdictOrder.find((kind) => kinds.has(kind)) ?? '';
}
function selectRows(rows, settings, reviewOf) {
    const words = (settings.get('q') ?? '')
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
    const wanted = filterNames.flatMap((name) => {
        const value = settings.get(name) ?? '';
        return value === '' ? [] : [[name, value]];
    });
    const found = rows.filter((row) => wanted.every(([name, value]) => valuesOf(row, name, reviewOf).includes(value)) &&
        (words.length === 0 || words.every((word) => searchText(row).includes(word))));
    return sortRows(found, settings.get('sort') ?? '', reviewOf);
}
function valuesOf(row, name, reviewOf) {
    switch (name) {
        case 'status':
            return [row.status];
        case 'review':
            return [reviewOf(row) === '' ? '-' : reviewOf(row)];
        case 'env':
            return row.environments;
        case 'schedule':
            return row.scheduleKinds.length === 0 ? ['-'] : row.scheduleKinds;
        case 'owner':
            return [row.owner === '' ? '-' : row.owner];
        case 'code':
            return row.codes;
        case 'rule':
            return row.rules;
        case 'verdict':
            return [worstVerdict(row) === '' ? '-' : worstVerdict(row)];
    }
}
const searchTexts = new WeakMap();
function searchText(row) {
    const known = searchTexts.get(row);
    if (known !== undefined)
        return known;
    const text = [row.job, row.name, row.owner, row.schedule, ...row.codes, ...row.rules].join('\n').toLowerCase();
    searchTexts.set(row, text);
    return text;
}
function sortRows(rows, wish, reviewOf) {
    const name = sortNames.find((each) => each === wish.replace(/^-/, '')) ?? 'status';
    const sign = wish.startsWith('-') ? -1 : 1;
    return [...rows].sort((a, b) => sign * compareRows(a, b, name, reviewOf) || compareTexts(a.job, b.job));
}
function compareRows(a, b, name, reviewOf) {
    switch (name) {
        case 'job':
            return compareTexts(a.job, b.job);
        case 'status':
            return statusOrder[a.status] - statusOrder[b.status];
        case 'owner':
            return compareTexts(a.owner, b.owner);
        case 'schedule':
            return compareTexts(a.schedule, b.schedule);
        case 'lines':
            return b.lines.before - a.lines.before;
        case 'findings':
            return b.findings[0] - a.findings[0] || b.findings[1] - a.findings[1] || b.findings[2] - a.findings[2];
        case 'work':
            return (b.minutes?.p50 ?? 0) - (a.minutes?.p50 ?? 0);
        case 'review':
            return compareTexts(reviewOf(a), reviewOf(b));
    }
}
function compareTexts(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
function createStore(index) {
    let language = index.language;
    const saved = new Map(index.jobs.flatMap((row) => (row.review === undefined ? [] : [[row.job, row.review]])));
    const reviews = new Map(saved);
    const rows = new Map(index.jobs.map((row) => [row.job, row]));
    const drafts = draftStore(index);
    for (const [job, review] of drafts.read())
        if (rows.has(job))
            reviews.set(job, review);
    const numbers = new Map(index.files.map((file, at) => [file, at]));
    const unsaved = () => [...reviews].flatMap(([job, review]) => (JSON.stringify(review) === JSON.stringify(saved.get(job)) ? [] : [job]));
    const changedDrafts = () => new Map(unsaved()
        .flatMap((job) => [[job, reviews.get(job)]])
        .filter((entry) => entry[1] !== undefined));
    const loaded = new Map();
    return {
        index,
        words: () => wordsOf(language),
        say: (text) => language === 'en' ? text : (readData('japanese', loaded)?.[text] ?? text),
        language: () => language,
        setLanguage: (chosen) => {
            language = chosen;
        },
        review: (job) => reviews.get(job),
        setReview: (job, review) => {
            reviews.set(job, review);
            drafts.write(changedDrafts());
        },
        reviews: () => reviews,
        unsaved,
        markSaved: () => {
            for (const [job, review] of reviews)
                saved.set(job, review);
            drafts.write(new Map());
        },
        reviewOf: (row) => {
            const review = reviews.get(row.job);
            if (review?.state === undefined)
                return '';
            if (review.fingerprint !== row.fingerprint)
                return 'changed';
            return review.state;
        },
        jobPage: (at) => readData(`job-${at}`, loaded),
        file: (path) => {
            const at = numbers.get(path);
            return at === undefined ? undefined : readData(`file-${at}`, loaded);
        },
        fileAt: (at) => index.files[at] ?? '',
    };
}
function readData(id, loaded) {
    const known = loaded.get(id);
    if (known !== undefined)
        return known;
    const text = document.getElementById(id)?.textContent;
    if (text === undefined || text === null)
        return undefined;
    const data = JSON.parse(text);
    loaded.set(id, data);
    return data;
}
function draftStore(index) {
    const key = `dig2argo-review-${index.contentHash}`;
    return {
        read: () => {
            try {
                const data = JSON.parse(localStorage.getItem(key) ?? '[]');
                return new Map(Array.isArray(data) ? data : []);
            }
            catch {
                return new Map();
            }
        },
        write: (drafts) => {
            try {
                if (drafts.size === 0)
                    localStorage.removeItem(key);
                else
                    localStorage.setItem(key, JSON.stringify([...drafts]));
            }
            catch {
            }
        },
    };
}
function filterChoices(store, name, valuesOf) {
    const words = store.words();
    const values = [...new Set(store.index.jobs.flatMap(valuesOf))].sort((a, b) => (a < b ? -1 : 1));
    return values.map((value) => [value, choiceName(name, value, words)]);
}
function choiceName(name, value, words) {
    switch (name) {
        case 'status':
            return value === 'converted' || value === 'to-confirm' || value === 'needs-work'
                ? words(`status.${value}`)
                : value;
        case 'review':
            return value === 'accepted' || value === 'question' || value === 'changed'
                ? words(`review.${value}`)
                : words('review.-');
        case 'verdict':
            return value === 'proved' ||
                value === 'proved-given' ||
                value === 'observed' ||
                value === 'differs' ||
                value === 'not-provable'
                ? words(`verdict.${value}`)
                : words('verdict.-');
        default:
            return value === '-' ? words('none') : value;
    }
}
const STEP = 50;
const columns = ['job', 'status', 'owner', 'schedule', 'lines', 'findings', 'work', 'review'];
function jobTable(store, first, go) {
    const words = store.words();
    let address = first;
    let limit = STEP;
    const body = element('tbody');
    const count = element('p', { class: 'count', role: 'status' });
    const more = element('button', { type: 'button', class: 'more', click: () => draw(limit + STEP) });
    const head = element('tr');
    const empty = element('p', { class: 'empty' }, words('nothingFound'));
    const clear = element('button', { type: 'button', class: 'plain-button', click: () => reset() }, words('clear'));
    const table = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': words('jobs') }, element('table', { class: 'jobs' }, element('caption', { class: 'hidden' }, words('jobs')), element('thead', {}, head), body));
    const drawn = new Map();
    const rowOf = (row) => {
        const made = drawn.get(row.job) ?? tableRow(row, store, words);
        drawn.set(row.job, made);
        return made;
    };
    const draw = (rows) => {
        limit = rows;
        const found = selectRows(store.index.jobs, address.settings, store.reviewOf);
        body.replaceChildren(...found.slice(0, limit).map(rowOf));
        count.textContent = words('shown', { n: found.length, all: store.index.jobs.length });
        more.hidden = found.length <= limit;
        more.textContent = words('showMore', { n: Math.min(STEP, found.length - limit) });
        empty.hidden = found.length > 0;
        table.hidden = found.length === 0;
        clear.hidden = ![...address.settings.keys()].some((name) => name !== 'sort');
        head.replaceChildren(...columns.map((column) => headCell(column, address, words, update)));
    };
    const update = (changes) => {
        address = withSettings(address, changes);
        draw(STEP);
        go(address, true);
    };
    const reset = () => {
        const sort = address.settings.get('sort') ?? '';
        address = { ...address, settings: new Map(sort === '' ? [] : [['sort', sort]]) };
        bar.replaceWith(filterBar(store, address, update, clear));
        draw(STEP);
        go(address);
    };
    const bar = filterBar(store, address, update, clear);
    draw(STEP);
    return element('div', { class: 'job-table' }, bar, count, table, empty, more);
}
function filterBar(store, address, onChange, clear) {
    const words = store.words();
    const search = element('input', {
        type: 'search',
        id: 'search',
        value: address.settings.get('q') ?? '',
        placeholder: words('searchHint'),
        autocomplete: 'off',
        input: (event) => onChange({ q: inputValue(event) }),
    });
    const fields = filterNames
        .map((name) => filterField(store, name, address, onChange))
        .filter((field) => field !== undefined);
    return element('form', { class: 'filters', role: 'search', submit: (event) => event.preventDefault() }, element('div', { class: 'field grow' }, element('label', { for: 'search' }, words('search')), search), ...fields, clear);
}
function filterField(store, name, address, onChange) {
    const words = store.words();
    const choices = filterChoices(store, name, (row) => valuesOf(row, name, store.reviewOf));
    const chosen = address.settings.get(name) ?? '';
    if (choices.length < 2 && chosen === '')
        return undefined;
    const options = [['', words('all')], ...choices].map(([value, text]) => element('option', { value, selected: value === chosen }, text));
    return element('div', { class: 'field' }, element('label', { for: `filter-${name}` }, words(`filter.${name}`)), element('select', { id: `filter-${name}`, change: (event) => onChange({ [name]: inputValue(event) }) }, ...options));
}
function inputValue(event) {
    const { target } = event;
    return target instanceof HTMLInputElement ||
        target instanceof HTMLSelectElement ||
        target instanceof HTMLTextAreaElement
        ? target.value
        : '';
}
function headCell(column, address, words, onChange) {
    const sort = address.settings.get('sort') ?? 'status';
    const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : undefined;
    return element('th', { scope: 'col', class: `column-${column}`, 'aria-sort': direction }, element('button', {
        type: 'button',
        click: () => {
            onChange({ sort: direction === 'ascending' ? `-${column}` : column });
            document.querySelector(`.column-${column} button`)?.focus();
        },
    }, words(`column.${column}`), element('span', { class: 'arrow', 'aria-hidden': 'true' }, direction === undefined ? '' : direction === 'ascending' ? ' ↑' : ' ↓')));
}
function tableRow(row, store, words) {
    const cell = (name, ...children) => element('td', { 'data-label': words(`column.${name}`), class: `column-${name}${children[0] === '–' ? ' none' : ''}` }, ...children);
    const verdict = worstVerdict(row);
    return element('tr', {}, element('th', { scope: 'row', class: 'column-job' }, link(writeAddress({ view: 'job', job: row.job, settings: new Map() }), {}, row.job), element('span', { class: 'quiet environments' }, row.environments.join(' '))), cell('status', statusBadge(row.status, words), ...(verdict === '' ? [] : [' ', verdictBadge(verdict, words)])), cell('owner', row.owner === '' ? '–' : row.owner), cell('schedule', row.schedule === '' ? '–' : element('code', {}, row.schedule)), cell('lines', `${grouped(row.lines.before)} → ${grouped(row.lines.after)} `, element('span', { class: 'quiet' }, change(row.lines.before, row.lines.after))), cell('findings', findingCounts(row, words)), cell('work', row.minutes === undefined || row.minutes.p50 === 0 ? '–' : duration(row.minutes.p50, store.language())), cell('review', reviewBadge(store.reviewOf(row), words)));
}
function findingCounts({ findings: [errors, warnings, notes] }, words) {
    const parts = [
        ...(errors === 0 ? [] : [`${errors} ${words(errors === 1 ? 'error' : 'errors')}`]),
        ...(warnings === 0 ? [] : [`${warnings} ${words(warnings === 1 ? 'warning' : 'warnings')}`]),
        ...(notes === 0 ? [] : [`${notes} ${words(notes === 1 ? 'info' : 'infos')}`]),
    ];
    return element('span', {}, parts.length === 0 ? words('noFindings') : parts.join(', '));
}
const statuses = ['needs-work', 'to-confirm', 'converted'];
const verdicts = ['differs', 'not-provable', 'proved-given', 'observed', 'proved'];
function overview(store, address, go) {
    const { index } = store;
    const words = store.words();
    return element('div', { class: 'view' }, element('h1', {}, words('title')), element('p', { class: 'lead' }, words('jobsIn', { n: index.jobs.length, environments: index.environments.join(', ') })), index.jobs.length === 0 ? element('p', { class: 'empty' }, words('noJobs')) : statusBar(store), baseline(store), element('div', { class: 'cards' }, ...cards(store)), index.jobs.length === 0 ? undefined : element('h2', { id: 'jobs' }, words('jobs')), index.jobs.length === 0 ? undefined : jobTable(store, address, go), index.findings.length === 0
        ? undefined
        : element('section', {}, element('h2', {}, words('generalFindings')), findingList(index.findings, store)));
}
function statusBar(store) {
    const words = store.words();
    const { counts, jobs } = store.index;
    const present = statuses.filter((status) => counts[status] > 0);
    const parts = present.map((status) => {
        const part = element('span', { class: `bar-part status-${status}` });
        part.style.flexGrow = String(counts[status]);
        return part;
    });
    return element('div', { class: 'status-bar' }, element('div', { class: 'bar', 'aria-hidden': 'true' }, ...parts), element('ul', { class: 'legend' }, ...statuses.map((status) => element('li', { title: words(`statusHelp.${status}`) }, link(writeAddress({ view: 'overview', job: '', settings: new Map([['status', status]]) }), {}, element('strong', {}, grouped(counts[status])), ' ', statusBadge(status, words), element('span', { class: 'percent' }, ` ${jobs.length === 0 ? 0 : Math.round((counts[status] / jobs.length) * 100)} %`))))));
}
function cards(store) {
    return [
        linesCard(store),
        proofCard(store),
        workCard(store),
        reviewCard(store),
        accountingCard(store),
        familiesCard(store),
    ];
}
function card(title, ...children) {
    return element('section', { class: 'card' }, element('h2', {}, title), ...children);
}
function linesCard(store) {
    const words = store.words();
    const { lines, referenceLines, reference } = store.index;
    const meter = (name, count, whole) => {
        const fill = element('span', { class: `meter-fill meter-${name}` });
        fill.style.width = `${whole === 0 ? 0 : Math.max(1, (count / whole) * 100)}%`;
        return element('div', { class: 'meter-row' }, element('span', { class: 'meter-name' }, words(name === 'before' ? 'linesBefore' : 'linesAfter')), element('span', { class: 'meter', 'aria-hidden': 'true' }, fill), element('span', { class: 'meter-count' }, grouped(count)));
    };
    const whole = Math.max(lines.before, lines.after);
    return card(words('lines'), element('p', { class: 'figure' }, change(lines.before, lines.after)), meter('before', lines.before, whole), meter('after', lines.after, whole), reference === ''
        ? undefined
        : element('p', { class: 'quiet' }, `${words('linesOf', { environment: reference })}: ${grouped(referenceLines.before)} → ${grouped(referenceLines.after)} (${change(referenceLines.before, referenceLines.after)})`));
}
function proofCard(store) {
    const words = store.words();
    const { environments, jobs } = store.index;
    const count = (environment, verdict) => jobs.filter((row) => row.verdicts[environment] === verdict).length;
    const present = verdicts.filter((verdict) => environments.some((environment) => count(environment, verdict) > 0));
    if (present.length === 0)
        return card(words('verification'), element('p', { class: 'empty' }, words('verifyNone')));
    return card(words('verification'), dataTable([words('environment'), ...present.map((verdict) => verdictBadge(verdict, words))], environments.map((environment) => [
        environment,
        ...present.map((verdict) => count(environment, verdict) === 0
            ? '–'
            : element('strong', { class: `verdict-count verdict-${verdict}` }, grouped(count(environment, verdict)))),
    ]), { caption: words('verification'), className: 'data small' }));
}
function workCard(store) {
    const words = store.words();
    const language = store.language();
    const { forecast } = store.index;
    if (forecast === undefined || forecast.minutes.p90 === 0)
        return card(words('remaining'), element('p', { class: 'empty' }, words('remainingNone')));
    const { minutes, kinds } = forecast;
    return card(words('remaining'), element('p', { class: 'figure' }, duration(minutes.p50, language)), element('p', { class: 'quiet' }, words('remainingText', { p50: duration(minutes.p50, language), p90: duration(minutes.p90, language) })), element('ul', { class: 'plain' }, ...kinds
        .slice(0, 4)
        .map(({ title, count, minutes: each }) => element('li', {}, `${grouped(count)} × ${store.say(title)}: ${duration(each.p50, language)}`))), link('#/plan', {}, words('plan')));
}
function reviewCard(store) {
    const words = store.words();
    const { jobs } = store.index;
    const of = (state) => jobs.filter((row) => store.reviewOf(row) === state);
    const accepted = of('accepted').length;
    const list = ['question', 'changed'].filter((state) => of(state).length > 0);
    return card(words('reviewed'), element('p', { class: 'figure' }, `${jobs.length === 0 ? 0 : Math.round((accepted / jobs.length) * 100)} %`), element('p', { class: 'quiet' }, words('reviewedText', { n: accepted, all: jobs.length })), ...list.map((state) => link(writeAddress({ view: 'overview', job: '', settings: new Map([['review', state]]) }), {}, `${of(state).length} × ${words(`review.${state}`)}`)));
}
function accountingCard(store) {
    const words = store.words();
    const { accounting, unaccounted } = store.index;
    return card(words('accounting'), element('p', { class: accounting.unaccounted === 0 ? 'figure good' : 'figure bad' }, accounting.unaccounted === 0 ? words('accountingNone') : words('accountingLeft', { n: accounting.unaccounted })), element('p', { class: 'quiet' }, words('accountingText', { consumed: accounting.consumed, dropped: accounting.dropped })), unaccounted.length === 0
        ? undefined
        : element('ul', { class: 'plain' }, ...unaccounted.slice(0, 8).map(({ text, file, line }) => element('li', {}, `${text} (${file}:${line})`))));
}
function familiesCard(store) {
    const words = store.words();
    const { families, forecast } = store.index;
    const gains = forecast?.gains;
    if (families !== undefined && families.length > 0)
        return card(words('families'), element('p', { class: 'figure' }, String(families.length)), element('ul', { class: 'plain' }, ...families
            .slice(0, 6)
            .map(({ title, members, parameters, lines }) => element('li', { title: members.join(', ') }, `${title}: ${words('familyText', { members: members.length, parameters, before: lines.before, after: lines.after })}`))));
    if (gains === undefined)
        return card(words('families'), element('p', { class: 'empty' }, words('familiesNone')));
    return card(words('gains'), element('ul', { class: 'plain' }, element('li', {}, words('gainSeconds', { n: Math.round(gains.launcherSeconds) })), element('li', {}, words('gainPods', { n: gains.podsSaved })), element('li', {}, words('gainLines', { n: gains.linesSaved })), ...gains.failureModes
        .slice(0, 3)
        .map(({ what, places }) => element('li', {}, `${grouped(places)} × ${store.say(what)}`))), element('p', { class: 'quiet' }, `${words('families')}: ${words('familiesNone')}`));
}
function baseline(store) {
    const { baseline: changes } = store.index;
    if (changes === undefined)
        return undefined;
    const words = store.words();
    const jobLink = (job) => link(writeAddress({ view: 'job', job, settings: new Map() }), {}, job);
    const items = [
        ...changes.worse.map(({ job, why }) => element('li', {}, `${words('baselineWorse')}: `, jobLink(job), `: ${why.map(store.say).join('; ')}`)),
        ...changes.better.map(({ job, why }) => element('li', {}, `${words('baselineBetter')}: `, jobLink(job), `: ${why.map(store.say).join('; ')}`)),
        ...changes.added.map((job) => element('li', {}, `${words('baselineNew')}: `, jobLink(job))),
        ...changes.removed.map((job) => element('li', {}, `${words('baselineGone')}: ${job}`)),
    ];
    return element('section', { class: 'card wide' }, element('h2', {}, words('baseline')), items.length === 0
        ? element('p', { class: 'empty' }, words('baselineNone'))
        : element('ul', { class: 'plain' }, ...items));
}
function planView(store) {
    const words = store.words();
    const { plan, forecast } = store.index;
    return element('div', { class: 'view' }, element('h1', {}, words('plan')), plan === undefined && forecast === undefined ? element('p', { class: 'empty' }, words('planNone')) : undefined, forecast === undefined ? undefined : workSection(store, forecast), plan === undefined ? undefined : orderSection(store, plan), plan === undefined || plan.cutovers.length === 0 ? undefined : cutoverSection(store, plan), forecast === undefined ? undefined : constructSection(store, forecast));
}
function jobLink(job) {
    return link(writeAddress({ view: 'job', job, settings: new Map() }), {}, job);
}
function workSection(store, { minutes, kinds }) {
    const words = store.words();
    const language = store.language();
    if (kinds.length === 0)
        return element('section', {}, element('h2', {}, words('remaining')), element('p', { class: 'empty' }, words('remainingNone')));
    return element('section', {}, element('h2', {}, words('remaining')), element('p', {}, words('remainingText', { p50: duration(minutes.p50, language), p90: duration(minutes.p90, language) })), dataTable([words('kind'), words('count'), 'P50', 'P90', ''], kinds.map(({ title, count, minutes: each, shared }) => [
        store.say(title),
        grouped(count),
        duration(each.p50, language),
        duration(each.p90, language),
        shared === 0 ? '' : words('sharedText', { n: shared }),
    ]), { caption: words('remaining') }));
}
function orderSection(store, { groups }) {
    const words = store.words();
    return element('section', {}, element('h2', {}, words('planOrder')), element('p', { class: 'quiet' }, words('planOrderText')), dataTable(['#', words('jobs'), words('risk'), words('because')], groups.map(({ order, jobs, risk, because }) => [
        String(order),
        element('span', {}, ...jobs.flatMap((job, at) => (at === 0 ? [jobLink(job)] : [', ', jobLink(job)]))),
        String(risk),
        because.map(store.say).join(store.language() === 'ja' ? '、' : '; '),
    ]), { caption: words('planOrder') }));
}
function cutoverSection(store, { cutovers }) {
    const words = store.words();
    const environments = store.index.environments.filter((environment) => cutovers.some((each) => each.environment === environment));
    return element('section', {}, element('h2', {}, words('planCutover')), ...environments.map((environment) => element('details', { open: environment === environments[0] }, element('summary', {}, environment), dataTable([words('job'), words('column.status'), words('because')], cutovers
        .filter((each) => each.environment === environment)
        .map(({ job, state, why }) => [jobLink(job), words(`cutover.${state}`), store.say(why)]), { caption: `${words('planCutover')} ${environment}` }))));
}
function constructSection(store, { constructs }) {
    const words = store.words();
    return element('section', {}, element('h2', {}, words('constructs')), dataTable([words('kind'), words('column.status'), words('count'), words('jobs')], constructs.map(({ what, group, count, jobs }) => [
        store.say(what),
        words(`group.${group}`),
        grouped(count),
        grouped(jobs),
    ]), { caption: words('constructs') }));
}
history.scrollRestoration = 'manual';
const index = readData('index', new Map());
if (index !== undefined)
    start(createStore(index));
function start(store) {
    const app = document.getElementById('app');
    if (app === null)
        return;
    const main = element('main', { id: 'main', tabindex: -1 });
    const header = element('header');
    let address = readAddress(location.hash);
    let list = '#/';
    const places = new Map();
    const go = (to, quiet = false) => {
        address = to;
        if (to.view === 'overview')
            list = writeAddress(to);
        const hash = writeAddress(to);
        if (quiet)
            history.replaceState(null, '', hash);
        else if (location.hash === hash)
            draw(false);
        else
            location.hash = hash;
    };
    const draw = (moved, arrived = moved) => {
        document.documentElement.lang = store.language();
        if (address.view === 'overview')
            list = writeAddress(address);
        main.replaceChildren(viewOf(arrived));
        drawHeader();
        if (moved) {
            const top = address.view === 'job' ? 0 : (places.get(writeAddress(address)) ?? 0);
            scrollTo({ top, behavior: 'instant' });
            main.focus({ preventScroll: true });
        }
    };
    const viewOf = (arrived) => {
        switch (address.view) {
            case 'job':
                return jobView(store, address, { go, reviewed: drawHeader, now: clock(address), list, arrived });
            case 'plan':
                return planView(store);
            default:
                return overview(store, address, go);
        }
    };
    const drawHeader = () => {
        header.replaceChildren(...headerParts(store, address, {
            language: () => {
                store.setLanguage(store.language() === 'en' ? 'ja' : 'en');
                draw(false);
            },
            save: () => {
                const dialog = reviewDialog(store, drawHeader);
                document.body.append(dialog);
                dialog.showModal();
            },
        }));
    };
    app.append(link('#main', { class: 'skip', click: (event) => toMain(event, main) }, store.words()('skip')), header, main);
    addEventListener('scroll', () => places.set(writeAddress(address), scrollY), { passive: true });
    addEventListener('hashchange', () => {
        const before = address;
        address = readAddress(location.hash);
        draw(before.view !== address.view || before.job !== address.job);
    });
    draw(false, true);
    if (document.readyState === 'loading' && address.view === 'job')
        document.addEventListener('DOMContentLoaded', () => draw(false, true));
}
function toMain(event, main) {
    event.preventDefault();
    main.focus();
}
function clock({ settings }) {
    const given = Date.parse(settings.get('now') ?? '');
    return Number.isNaN(given) ? Date.now() : given;
}
function headerParts(store, address, actions) {
    const words = store.words();
    const unsaved = store.unsaved().length;
    const tab = (href, text, here) => link(href, here ? { 'aria-current': 'page' } : {}, text);
    return [
        link('#/', { class: 'brand' }, 'dig2argo'),
        element('nav', { 'aria-label': words('title') }, tab('#/', words('overview'), address.view === 'overview'), tab('#/plan', words('plan'), address.view === 'plan')),
        element('div', { class: 'tools' }, element('button', { type: 'button', class: unsaved > 0 ? 'save unsaved' : 'save', click: actions.save }, words('reviewSave'), unsaved > 0 ? element('span', { class: 'bubble' }, words('reviewUnsaved', { n: unsaved })) : undefined), element('button', { type: 'button', class: 'theme', click: toggleTheme }, words('theme')), element('button', { type: 'button', class: 'language', lang: store.language() === 'en' ? 'ja' : 'en', click: actions.language }, words('language'))),
    ];
}
function toggleTheme() {
    const root = document.documentElement;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    if (root.dataset['theme'] === undefined)
        root.dataset['theme'] = dark ? 'light' : 'dark';
    else
        delete root.dataset['theme'];
}
})();
