package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
	"unsaid/ui/marks"
	"unsaid/ui/screen"
	"unsaid/ui/style"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// App is the one Bubble Tea model. Screens, widgets and dialogs are plain structs below it: keys
// and answers are routed to them here. Update reads and writes nothing outside the model; what
// does is in commands.
type App struct {
	common.Common
	o          Options
	background Background
	askedAt    time.Time            // when the terminal was asked for it
	leaving    bool                 // the program ends when the terminal has answered
	depth      colorprofile.Profile // how many colours the terminal has
	unread     int                  // of what is read anew, how much has not come yet
	noticed    noticed              // of other processes

	screens  [keys.Screens]screen.Screen
	library  screen.Searcher
	playback playback
	marks    marked
	dialog   common.Dialog     // the one that has the keys, nil if none is open
	below    []common.Dialog   // those that are open below it
	held     []tea.KeyPressMsg // typed ahead, until what they are for can be done
	// read is the epoch of what each screen lists.
	read [keys.Screens]int
	// reverting is whether something is being undone, or done again.
	reverting bool
	imports   dialog.Run
	purging   purging
	pressing  pressing
	// switching is whether the user leaves for the other library.
	switching bool
	status    status
	// reversible is what undo and redo can do.
	reversible reversible
}

// status is the message in the row above the hints, until it fades.
type status struct {
	text string
	bad  bool
	seq  int
}

func newApp(ctx context.Context, o Options) *App {
	if o.Keys == nil {
		o.Keys = keys.Default()
	}
	a := &App{
		Common: common.Common{
			App: o.App, Ctx: ctx, Open: o.Open, OpenSound: o.OpenSound, Home: o.Home, Sample: o.Sample, Elsewhere: o.Elsewhere, Keys: o.Keys, Layout: common.NewLayout(80, 24),
		},
		o: o, background: Background{Dark: true}, depth: colorprofile.TrueColor,
	}
	if o.Background != nil && o.Background.Known {
		a.background = *o.Background
	}
	a.marks.Set = marks.NewSet()
	a.Marked = a.marks.On
	a.screens, a.library = screen.New(&a.Common)
	a.playback = newPlayback(o.Player, &a.Heard)
	a.restyle()
	return a
}

// Init asks for the terminal's background and has the library read when its version is known, so that no later change
// of it is missed.
func (a *App) Init() tea.Cmd {
	return tea.Batch(a.askBackground(), a.checkVersion(0), a.dueNow(), a.greet())
}

// restyle draws from now on as the look comes out on the terminal, as far as that is known.
func (a *App) restyle() {
	a.Styles = style.New(a.o.Look, a.background.Dark, a.depth)
}

// reload reads everything anew after a change of the library.
func (a *App) reload() tea.Cmd {
	a.Epoch++
	a.unread = 0
	cmds := []tea.Cmd{a.counted(a.loadTotals(), nil), a.counted(a.loadReversible(), nil), a.counted(a.playback.check(a), nil), a.counted(a.checkMarks(), nil)}
	if a.Facets.Wanted {
		cmds = append(cmds, a.counted(a.AskFacets(), nil))
	}
	for s, screen := range a.screens {
		cmds = append(cmds, a.counted(screen.Load(&a.Common), &a.read[s]))
	}
	for _, d := range append(a.below, a.dialog) {
		if reads, does := d.(common.Reader); does {
			cmds = append(cmds, a.counted(reads.Read(&a.Common), nil))
		}
	}
	return tea.Batch(cmds...)
}

// Update takes a message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	before := a.dialog
	cmd := a.handle(msg)
	if a.dialog != before {
		a.DialogOpened()
		if a.dialog != nil && before == nil {
			a.held = nil // they were typed before it could be read
		}
	}
	return a, tea.Batch(cmd, a.afterUpdate(), a.playback.giveWay(a), a.Spinner.Follow(a.waits()))
}

func (a *App) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
		return nil
	case tea.BackgroundColorMsg:
		return a.handleBackground(msg)
	case leaveMsg:
		return tea.Quit
	case tea.ColorProfileMsg:
		a.depth = msg.Profile
		a.restyle()
		return nil
	case tea.KeyPressMsg:
		return a.key(a.Press(msg))
	case tea.PasteMsg:
		a.Pasted()
		return a.paste(msg)
	case tea.MouseMsg:
		return a.mouse(msg)
	case widget.SpinMsg:
		return a.Spinner.Take(msg)
	case versionMsg:
		return a.handleVersion(msg)
	case readMsg:
		return a.handleRead(msg)
	}
	return tea.Batch(a.answer(msg), a.resume())
}

// resize gives every screen its rows.
func (a *App) resize(w, h int) {
	a.Layout = common.NewLayout(w, h)
	for _, screen := range a.screens {
		screen.Resize(a.Layout)
	}
}

// afterUpdate returns what has to be done after every update: rows that came into sight are
// read, and the clip under the cursor is decoded when the cursor has come to rest.
func (a *App) afterUpdate() tea.Cmd {
	var rows tea.Cmd
	if l := a.listed(); l != nil {
		rows = l.Load(&a.Common)
	}
	return tea.Batch(rows, a.playback.follow(a))
}

// key routes a key to the dialog, the search or the screen.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	if what, is := keys.Always(msg.String()); is {
		return a.do(what)
	}
	if a.dialog == nil && len(a.held) > 0 {
		a.hold(msg)
		return nil
	}
	if a.dialog != nil {
		if msg.String() == "enter" && a.HeldOver(msg) {
			return nil
		}
		return a.toDialog(msg)
	}
	if line := a.line(); line != nil {
		return line.Typed(&a.Common, msg)
	}
	what := a.Keys.Action(a.Screen, msg.String())
	if a.early(a.Screen, what) {
		a.hold(msg)
		return nil
	}
	if msg.IsRepeat && once(what) {
		return nil
	}
	if what == keys.SeekShare {
		return a.playback.seekTo(a, a.Keys.Tenth(msg.String()))
	}
	return a.do(what)
}

// paste goes where text is being typed; a path that is pasted or dropped elsewhere is one to import.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case a.dialog != nil:
		return a.toDialog(msg)
	case a.line() != nil:
		return a.line().Typed(&a.Common, msg)
	}
	return a.openImport(msg.Content)
}

// current is the screen that is seen.
func (a *App) current() screen.Screen { return a.screens[a.Screen] }

// line is the line for text that has the keys, nil if none has.
func (a *App) line() screen.Typist {
	if line, has := a.current().(screen.Typist); has && line.Editing() {
		return line
	}
	return nil
}

// leaveLine gives the keys back to the screen.
func (a *App) leaveLine() tea.Cmd {
	if line := a.line(); line != nil {
		return line.Leave(&a.Common)
	}
	return nil
}

// do carries out an action, or says why that cannot be done.
func (a *App) do(what keys.Action) tea.Cmd {
	// What can be taken back the library knows best: another program may have changed it.
	if reason := a.why(a.Screen, what); reason != "" && what != keys.Undo && what != keys.Redo {
		return a.say("%s", reason)
	}
	a.current().Hold(what)
	if what == keys.ClearAll && a.playback.review.on {
		return a.playback.stop(a)
	}
	if act, is := a.act(a.Screen, what); is {
		return a.carryOut(act.Do())
	}
	return a.carryOut(a.current().Move(&a.Common, what))
}

// act is what an action does on a screen: what the screen makes of it, or else the program.
func (a *App) act(s keys.Screen, what keys.Action) (screen.Act, bool) {
	if act, is := a.screens[s].Acts(&a.Common)[what]; is {
		return act, true
	}
	act, is := a.acts()[what]
	return act, is
}

// acts are the acts that are the same on all screens, but for those on the sound.
func (a *App) acts() screen.Acts {
	all := a.soundActs()
	for what, do := range map[keys.Action]func() tea.Cmd{
		keys.NextScreen:    func() tea.Cmd { return a.show((a.Screen + 1) % keys.Screens) },
		keys.Search:        func() tea.Cmd { return tea.Batch(a.show(keys.LibraryScreen), a.library.StartSearch(&a.Common)) },
		keys.Filter:        a.openFilter,
		keys.GroupBy:       a.openGroups,
		keys.ListMarked:    a.openMarked,
		keys.SaveQuery:     a.saveSearch,
		keys.Suggest:       func() tea.Cmd { return a.openDialog(&dialog.Suggestions{}) },
		keys.OpenSound:     a.openElsewhere,
		keys.OpenImport:    func() tea.Cmd { return a.openImport("") },
		keys.SwitchLibrary: a.switchLibrary,
		keys.ShowPalette:   func() tea.Cmd { return a.openDialog(dialog.NewPalette(a.offers())) },
		keys.ShowHelp:      func() tea.Cmd { return a.openDialog(dialog.NewHelp(a.Screen)) },
		keys.Suspend:       a.suspend,
		keys.Quit:          a.quit,
	} {
		all[what] = screen.Act{Do: func() common.Action { return do() }}
	}
	for s := range keys.Screens {
		all[keys.GoLibrary+keys.Action(s)] = screen.Act{Do: func() common.Action { return a.show(s) }}
	}
	all[keys.Undo] = screen.Act{Do: func() common.Action { return a.undo() }, Why: func() string { return a.whyNotTakeBack(keys.Undo) }}
	all[keys.Redo] = screen.Act{Do: func() common.Action { return a.redo() }, Why: func() string { return a.whyNotTakeBack(keys.Redo) }}
	return all
}

func (a *App) show(s keys.Screen) tea.Cmd {
	a.Screen = s
	return a.current().Show(&a.Common)
}

// openFilter shows the menu of what can be searched for.
func (a *App) openFilter() tea.Cmd { return tea.Batch(a.AskFacets(), a.openDialog(&dialog.Filter{})) }

// openGroups counts what is found.
func (a *App) openGroups() tea.Cmd {
	if a.Search.Wrong != nil {
		return a.say("The search has an error: correct it first")
	}
	return a.openDialog(dialog.NewGroups(a.Search.Text))
}

// saveSearch asks for a name for the search.
func (a *App) saveSearch() tea.Cmd {
	if strings.TrimSpace(a.Search.Text) == "" || a.Search.Wrong != nil {
		return a.say("There is no search to save: %s searches", a.Keys.KeyOf(keys.Search))
	}
	return a.openDialog(dialog.NewSaveSearch(&a.Common))
}

// suspend stops the program until the shell continues it. What plays is paused before, since a program that
// stands still feeds no sound.
func (a *App) suspend() tea.Cmd {
	sound := a.o.Player
	return func() tea.Msg {
		sound.Pause()
		return tea.Suspend()
	}
}

// quit leaves, after a running import has kept what it read.
func (a *App) quit() tea.Cmd {
	if a.imports.Running() {
		a.imports.Quitting = true
		a.imports.Cancel()
		return a.say("Stopping the import; what was read is kept …")
	}
	return a.leave()
}

// say shows a message in the status row for a while.
func (a *App) say(format string, args ...any) tea.Cmd {
	return a.tell(false, fmt.Sprintf(format, args...))
}

// fail shows an error in the status row. Errors stay longer.
func (a *App) fail(err error) tea.Cmd { return a.tell(true, err.Error()) }

func (a *App) tell(bad bool, words string) tea.Cmd {
	a.status = status{text: text.Brief(words), bad: bad, seq: a.status.seq + 1}
	seq, shown := a.status.seq, 6*time.Second
	if bad {
		shown = 20 * time.Second
	}
	return common.After(shown, func() common.Action {
		if seq == a.status.seq {
			a.status.text = ""
		}
		return nil
	})
}

// listed is the list of recordings that is on the screen, nil if there is none.
func (a *App) listed() *screen.List {
	if l, _ := a.current().Recordings(); l != nil && l.Shown() {
		return l
	}
	return nil
}

// selected is the recording that keys such as play mean. Where none is listed there is none: what
// is not seen is not heard by surprise.
func (a *App) selected() (store.Recording, bool) {
	if l := a.listed(); l != nil {
		return l.Selected()
	}
	return store.Recording{}, false
}

// waits reports whether the screen shows less than it should, for the moment.
func (a *App) waits() bool {
	if a.dialogWaits() {
		return true
	}
	r, listed := a.selected()
	decoding := listed && r.Audio != nil && a.playback.loading[r.Audio.ID]
	return decoding || !a.current().Known() && a.reading() || a.current().Waits(&a.Common)
}
