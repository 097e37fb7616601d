"""What people do, from the first tap to the last message, through the sandbox: which way is told where.

Eleven of these ways are gone in all languages as well: `test_ten_journeys_in_every_language.py`.

A missing code is not the end
    another number, after a code or a number that never came      test_sequels, test_refunds
    the next country, also where nothing matched                  test_sequels
    a number that the service refused, closed when allowed        test_sequels, test_close
    tried by itself, up to the cap, each step told                test_sequels; for 1,000 seeds tests/invariants
    any of several countries                                      test_any_of_these

The lock screen is enough
    number and code first, what rings, hints, another region      test_lock_screen
    one event, one message                                        test_one_message

The picker tells the truth
    own results beside the price                                  test_results
    orders of countries, own ones first, sold-out ones folded     test_countries, test_results
    told when it is available or cheaper, stopped, expired        test_watches

Orders in hand
    all closed at once                                            test_close_all
    a time limit, beside the price and on the card                test_sequels
    a label                                                       test_labels
    History by outcome, service, label and digits; own file       test_history
    favorites, and two taps from one to its number                test_favorites, test_home
    shared pairs, services and favorites                          test_sharing
    service, country and price in one line, in any script         test_search, test_typing
    inline search                                                 test_inline

Settings and Help
    language, quiet numbers, hidden codes, usual price            test_settings, test_lock_screen
    own data deleted                                              test_my_data
    questions answered                                            test_help

Credit, asked for and granted                                     test_asking_for_credit
"""
