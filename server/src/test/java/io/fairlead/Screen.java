package io.fairlead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/// A window of the console, or a dialog in it, as somebody uses it: everything is found by what is
/// written on it and what it is, and waited for.
public final class Screen {
  private final Page page;
  private final Locator root;

  private Screen(Page page, Locator root) {
    this.page = page;
    this.root = root;
  }

  /// What is seen of a page.
  public static Screen of(Page page) {
    return new Screen(page, page.locator("body"));
  }

  /// The page itself.
  public Page page() {
    return page;
  }

  /// All that there is here.
  public Locator all() {
    return root;
  }

  /// Opens an address of the console.
  public void go(String path) {
    var _ = page.navigate(path);
  }

  /// Fills in the form for signing in.
  public void signIn(String email, String password) {
    field("Email").fill(email);
    field("Password").fill(password);
    button("Sign in").click();
  }

  /// Follows the main menu.
  public void goTo(String name) {
    menu(name).click();
    assertThat(heading(name)).isVisible();
  }

  /// A line of the main menu.
  public Locator menu(String name) {
    return page.getByRole(
            AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main menu").setExact(true))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The dialog that is open.
  public Screen dialog() {
    return new Screen(page, page.getByRole(AriaRole.DIALOG));
  }

  /// A part of the page that has a name.
  public Screen region(String name) {
    return new Screen(page, role(AriaRole.REGION, name));
  }

  /// What stands together under a name.
  public Screen group(String name) {
    return new Screen(page, role(AriaRole.GROUP, name));
  }

  public Locator heading(String name) {
    return role(AriaRole.HEADING, name);
  }

  public Locator button(String name) {
    return role(AriaRole.BUTTON, name);
  }

  public Locator link(String name) {
    return role(AriaRole.LINK, name);
  }

  public Locator tab(String name) {
    return role(AriaRole.TAB, name);
  }

  public Locator table(String name) {
    return role(AriaRole.TABLE, name);
  }

  public Locator column(String name) {
    return role(AriaRole.COLUMNHEADER, name);
  }

  /// A line of a menu that is open.
  public Locator menuItem(String name) {
    return page.getByRole(
        AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// One of the choices of a field that is open.
  public Locator option(String name) {
    return page.getByRole(
        AriaRole.OPTION, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// A field by its whole label.
  public Locator field(String label) {
    return root.getByLabel(label, new Locator.GetByLabelOptions().setExact(true))
        .and(page.locator(":not([role=listbox])"));
  }

  /// Text, or a part of one.
  public Locator text(String text) {
    return root.getByText(text);
  }

  /// Text of such a form.
  public Locator text(Pattern text) {
    return root.getByText(text);
  }

  /// The row of a table that holds a link of that name.
  public Locator row(String link) {
    return root.getByRole(AriaRole.ROW)
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))));
  }

  /// The rows of a table below its titles.
  public Locator rows(String table) {
    return table(table).locator("tbody tr");
  }

  /// The gear of a connector's row, and a line of its menu.
  public void gear(String connector, String item) {
    button("Actions for " + connector).click();
    menuItem(item).click();
  }

  private Locator role(AriaRole role, String name) {
    return root.getByRole(role, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }
}
