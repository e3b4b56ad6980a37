self.bsNewest = {"date": "2025-03-12", "day": "12 March 2025", "address": "days/2025-03-12/", "papers": "5 papers in all"};
